#!/usr/bin/env bash
# make probe-cluster: measures URL from several pods in the cluster of the current context at once,
# and prints the verdict of all of them. Each run is a Job of its own, whose reports are read from its
# own pods: those of another run are never taken for it.
. "$(dirname "$0")/environment.sh"
. build/overlay.sh

: "${PODS:=4}"
[ -n "${URL:-}" ] ||
  fail 'make probe-cluster needs the URL as pods see it: make probe-cluster URL=http://served-by (PODS=4 ARGS=…)'
[[ $PODS =~ ^[1-9][0-9]*$ ]] || fail "PODS=$PODS is no number of pods: use PODS=4."
command -v kubectl >/dev/null || fail 'kubectl was not found: install it, https://kubernetes.io/docs/tasks/tools/'
context=$(kubectl config current-context) ||
  fail 'kubectl has no current context: choose one with kubectl config use-context.'
kubectl=(kubectl --context "$context" --namespace served-by)
use_pinned_node

run=probe-$(date +%Y%m%d-%H%M%S)-$RANDOM
created=
reports=$(mktemp -d)
# shellcheck disable=SC2317 # the trap calls it
clean_up() {
  rm -rf "$reports"
  [ -z "$created" ] || "${kubectl[@]}" delete "job/$run" --ignore-not-found --wait=false >&2
}
trap clean_up EXIT
trap 'exit 130' INT
shopt -s nullglob

# What is expected, and where the report goes, is for all of them together; the rest is for each pod.
load=()
report=()
take=
# shellcheck disable=SC2086 # one argument a word
for word in ${ARGS:-'--rate=50 --duration=30s --connections=both'}; do
  if [ -n "$take" ]; then
    report+=("$word")
    take=
    continue
  fi
  case $word in
    --expect*=* | --max-*=* | --json=* | --html=* | -q | --quiet) report+=("$word") ;;
    --expect* | --max-* | --json | --html) report+=("$word") take=take ;;
    *) load+=("$word") ;;
  esac
done

# as_json WORD...: a list of strings.
as_json() {
  printf '%s\n' "$@" | sed 's/[\\"]/\\&/g; s/.*/"&"/' | paste -s -d , - | sed 's/.*/[&]/'
}

# measurement ROOT: the kustomization of this run.
measurement() {
  printf '%s\n' 'apiVersion: kustomize.config.k8s.io/v1beta1' 'kind: Kustomization'
  printf '%s\n' 'resources:' "  - '$1/deploy/probe'" 'patches:'
  replace Job /metadata/name "\"$run\""
  replace Job /spec/completions "$PODS"
  replace Job /spec/parallelism "$PODS"
  replace Job /spec/template/spec/containers/0/args "$(as_json "$URL" ${load[@]+"${load[@]}"} --quiet --json=-)"
  echo 'images:'
  image_entry served-by-probe "${PROBE_IMAGE:-served-by-probe}"
}

# The pods of this run, with what to know of each: jsonpath TEXT.
pods() { "${kubectl[@]}" get pods --selector "batch.kubernetes.io/job-name=$run" --output "$1"; }

echo "Measuring $URL from $PODS pods in the cluster of the context $context (Job $run)."
kustomize measurement >"$reports/job.yaml"
"${kubectl[@]}" create --filename "$reports/job.yaml"
created=yes

while :; do
  ended=$("${kubectl[@]}" get "job/$run" \
    --output 'jsonpath={.status.conditions[?(@.status=="True")].type}')
  case $ended in *Complete* | *Failed*) break ;; esac
  case $(pods 'jsonpath={.items[*].status.containerStatuses[*].state.waiting.reason}') in
    *Image*) fail "The nodes do not get the image ${PROBE_IMAGE:-served-by-probe}: docs/probe.md says how to bring it there." ;;
  esac
  sleep 2
done

for pod in $(pods name); do
  "${kubectl[@]}" logs "$pod" >"$reports/${pod#pod/}.json"
  # What it says in place of a report is what went wrong.
  [ "$(head -c 1 "$reports/${pod#pod/}.json")" = '{' ] ||
    fail "$pod has no report: $(cat "$reports/${pod#pod/}.json")"
done
files=("$reports"/*.json)
[ "${#files[@]}" -eq "$PODS" ] ||
  fail "There are ${#files[@]} reports of $PODS pods: see kubectl --namespace served-by describe job/$run."
# The logs stay readable for an hour.
created=
node src/probe/main.ts merge "${files[@]}" ${report[@]+"${report[@]}"}
