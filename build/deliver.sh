#!/usr/bin/env bash
# make deliver: rolls IMAGE out in the current context while the probe asks URL, and takes it back if the
# rollout did not end well or a request was lost. Needs no more than the delivery account may do.
. "$(dirname "$0")/environment.sh"

[[ ${IMAGE:-} =~ @sha256:[0-9a-f]{64}$ ]] ||
  fail "make deliver needs an image by its digest: make deliver IMAGE=registry/name@sha256:… URL=http://…"
[ -n "${URL:-}" ] || fail 'make deliver needs the URL at which users reach it: make deliver IMAGE=… URL=http://…'
command -v kubectl >/dev/null || fail 'kubectl was not found: install it, https://kubernetes.io/docs/tasks/tools/'
use_pinned_node

deployment=deployment/served-by
kubectl=(kubectl --namespace served-by)
wait_for_rollout() {
  "${kubectl[@]}" rollout status "$deployment" --timeout 180s
}

work=$(mktemp -d)
probe=
# shellcheck disable=SC2317 # the trap calls it
clean_up() {
  [ -z "$probe" ] || kill "$probe" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

before=$("${kubectl[@]}" get "$deployment" --output 'jsonpath={.spec.template.spec.containers[0].image}')
echo "In $(kubectl config current-context): $before becomes $IMAGE, measured at $URL."

node src/probe/main.ts "$URL" --requests 10 --max-failures 0 >"$work/report" 2>&1 ||
  fail "It does not answer as it is, so nothing was changed: $(cat "$work/report")"

# Long enough for any rollout; it is told to end when the rollout has.
node src/probe/main.ts "$URL" --rate 20 --duration 30m --max-failures 0 >"$work/report" 2>&1 &
probe=$!
sleep "${SETTLE_SECONDS:=10}"

rolled_out=yes
"${kubectl[@]}" set image "$deployment" "served-by=$IMAGE"
wait_for_rollout || rolled_out=
# The old pods drain, and the balancer may still send there.
sleep "$SETTLE_SECONDS"

code=0
kill "$probe" 2>/dev/null || true
wait "$probe" || code=$?
probe=
cat "$work/report"
{ echo '```'; cat "$work/report"; echo '```'; } >>"${GITHUB_STEP_SUMMARY:-/dev/null}"

if [ -n "$rolled_out" ] && [ "$code" -eq 0 ]; then
  echo "Delivered $IMAGE: no request was lost."
  exit
fi
"${kubectl[@]}" set image "$deployment" "served-by=$before"
wait_for_rollout || fail "Taking it back did not end well either: see kubectl --namespace served-by get pods."
[ -n "$rolled_out" ] || fail "The new pods did not become ready: $before runs again."
fail "Requests were lost or not measured (see the report above), so $before runs again."
