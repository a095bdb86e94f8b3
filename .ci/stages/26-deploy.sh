#!/usr/bin/env bash
# make deploy, undeploy, access and probe-cluster. There is no cluster: kubectl is a stand-in that
# keeps what is put into it and notes each call; it fails on an unexpected one.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh curl
.ci/kubectl.sh
[ -x node_modules/.bin/node ] || npm ci
REAL_KUBECTL=$(command -v kubectl)
STAND_IN=$(mktemp -d)
export REAL_KUBECTL STAND_IN
export PATH=$PWD/.ci/stand-ins:$PWD/node_modules/.bin:$PATH
server=
# shellcheck disable=SC2317 # the trap calls it
clean_up() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$STAND_IN"
}
trap clean_up EXIT

digest=sha256:$(printf 'a%.0s' {1..64})
image=registry.example/team/served-by@$digest

# succeeds COMMAND..., refuses COMMAND...: the output and the calls of the stand-in are kept.
succeeds() {
  : >"$STAND_IN/calls"
  "$@" >"$STAND_IN/output" 2>&1 || { cat "$STAND_IN/output"; fail "it failed: $*"; }
}
refuses() {
  : >"$STAND_IN/calls"
  if "$@" >"$STAND_IN/output" 2>&1 </dev/null; then fail "it succeeded: $*"; fi
}
expect_said() {
  expect_match 'the output' "$(cat "$STAND_IN/output")" "$1"
}
expect_untouched() {
  if grep -E ' (apply|create --filename|delete) ' "$STAND_IN/calls"; then fail 'the cluster was changed'; fi
}
# shellcheck disable=SC2016 # JavaScript's
in_cluster() {
  node --print 'Object.keys(JSON.parse(fs.readFileSync(`${process.env.STAND_IN}/cluster.json`)).objects).sort().join(" ")'
}
# expect_order FIRST THEN: of two calls, by the beginning of what stands behind the context.
expect_order() {
  local lines
  lines=$(grep -nE -e "$1" -e "$2" "$STAND_IN/calls" | cut -d: -f2- | grep -oE -e "$1" -e "$2" | uniq)
  expect_match 'the order of the calls' "$lines" "$1.*$2"
}
expect_two_pods() {
  while read -r replicas; do
    [ "$replicas" -ge 2 ] || fail "there were $replicas replicas: $(tr '\n' ' ' <"$STAND_IN/replicas")"
  done <"$STAND_IN/replicas"
}

base='configmap/served-by-deployed deployment.apps/served-by'
base_end='ingress.networking.k8s.io/served-by namespace/served-by networkpolicy.networking.k8s.io/served-by poddisruptionbudget.policy/served-by service/served-by serviceaccount/served-by'

echo '--- what cannot be is said before the question'
refuses make deploy
expect_said 'needs to know the image'
refuses make deploy IMAGE=served-by
expect_said 'needs to know the image'
refuses make deploy IMAGE="$image" WITH=tls
expect_said 'TLS_HOST='
refuses make deploy IMAGE="$image" WITH=nonsense
expect_said "names 'nonsense'.* autoscaling "
refuses make deploy IMAGE="$image" WITH='tls gateway-api' TLS_HOST=x.example
expect_said 'cannot put these together: gateway-api tls'
refuses make deploy IMAGE="$image" WITH=gateway-tls TLS_HOST=x.example
expect_said 'cannot put these together: gateway-tls'
expect 'the calls' "$(cat "$STAND_IN/calls")" ''

echo '--- it says which cluster, and asks'
refuses make deploy IMAGE="$image"
expect_said "$image in the cluster of the context minikube"
expect_said 'Nothing was changed'
expect_untouched

echo '--- deploy'
succeeds make deploy IMAGE="$image" YES=1
expect 'what is in the cluster' "$(in_cluster)" "$base $base_end"
grep -q "\"image\": \"$image\"" "$STAND_IN/cluster.json" || fail 'it is not this image'
expect_said 'served-by is ready'
succeeds make deploy IMAGE="$image" <<<y
expect_two_pods

echo '--- autoscaling: what runs keeps its number, and the autoscaler its own'
succeeds make deploy IMAGE="$image" WITH=autoscaling YES=1
expect 'what is in the cluster' "$(in_cluster)" \
  "$base horizontalpodautoscaler.autoscaling/served-by $base_end"
kubectl autoscaler 5
succeeds make deploy IMAGE="$image" WITH=autoscaling YES=1
expect 'the replicas' "$(tail -n 1 "$STAND_IN/replicas")" 5
expect_two_pods

echo '--- and without it: first the autoscaler goes, then the number is fixed'
succeeds make deploy IMAGE="$image" YES=1
expect 'what is in the cluster' "$(in_cluster)" "$base $base_end"
expect_order 'delete --ignore-not-found horizontalpodautoscaler' 'apply --server-side --force-conflicts --filename -$'
expect 'the replicas' "$(tail -n 1 "$STAND_IN/replicas")" 2
expect_two_pods

echo '--- a gateway in place of the ingress: there before that goes, and back'
succeeds make deploy IMAGE="$image" WITH='zones gateway-api' YES=1
expect_match 'what is in the cluster' "$(in_cluster)" 'gateway.gateway.networking.k8s.io/served-by'
expect_order 'apply --server-side --force-conflicts --filename -$' 'delete --ignore-not-found ingress'
if [[ $(in_cluster) == *ingress.networking* ]]; then fail 'the ingress is still there'; fi
succeeds make deploy IMAGE="$image" YES=1
expect 'what is in the cluster' "$(in_cluster)" "$base $base_end"
expect_two_pods

echo '--- undeploy'
refuses make undeploy
expect_said 'Nothing was changed'
expect_untouched
succeeds make undeploy YES=1
[ ! -e "$STAND_IN/cluster.json" ] || fail "something is left: $(in_cluster)"

echo '--- the delivery account: needs the administrator once, and never again'
refuses env KUBECTL=delivery make deploy IMAGE="$image" YES=1
expect_said 'make access'
expect_untouched
succeeds make access YES=1
roles='role.rbac.authorization.k8s.io/served-by-delivery role.rbac.authorization.k8s.io/served-by-readers'
expect_match 'what is in the cluster' "$(in_cluster)" "^namespace/served-by $roles rolebinding.* serviceaccount/served-by serviceaccount/served-by-delivery\$"
succeeds env KUBECTL=delivery make deploy IMAGE="$image" YES=1 WITH='access autoscaling'
expect 'the replicas of the first deployment' "$(tail -n 1 "$STAND_IN/replicas")" 2
: >"$STAND_IN/replicas"
succeeds env KUBECTL=delivery make deploy IMAGE="$image" YES=1
expect_said 'as the administrator has put them'
expect_match 'what is in the cluster' "$(in_cluster)" "$roles"
if [[ $(in_cluster) == *autoscaler* ]]; then fail 'the autoscaler is still there'; fi
expect_two_pods
succeeds env KUBECTL=delivery make undeploy YES=1
expect_match 'what is left' "$(in_cluster)" "^namespace/served-by $roles rolebinding.* serviceaccount/served-by-delivery\$"
succeeds make undeploy YES=1

echo '--- a deployment that was refused in the middle is cleaned up by the next'
succeeds make deploy IMAGE="$image" YES=1 WITH=autoscaling
refuses env KUBECTL=broken make deploy IMAGE="$image" YES=1
succeeds make deploy IMAGE="$image" YES=1
expect 'what is in the cluster' "$(in_cluster)" "$base $base_end"

echo '--- Ctrl-C while it waits: kubectl ends with an ordinary error, and nobody blames the pods'
set -m # a process group of its own, as in a terminal
# Where CI runs in the background, the signal is ignored from the start.
KUBECTL=slow env --default-signal=INT make deploy IMAGE="$image" YES=1 >"$STAND_IN/output" 2>&1 &
deploy=$!
set +m
eventually 'it waits' test -s "$STAND_IN/slow.pid"
kill -INT -- "-$deploy"
if wait "$deploy"; then fail 'it succeeded'; fi
if grep 'did not become ready' "$STAND_IN/output"; then fail 'the pods are blamed'; fi

echo '--- probe-cluster: one verdict of several pods'
# The stand-in runs each pod's probe itself.
PORT=18231 METRICS_PORT=18232 node src/adapters/node/main.ts >"$STAND_IN/server.log" 2>&1 &
server=$!
eventually 'the server answers' curl --fail --silent http://127.0.0.1:18231/
succeeds make probe-cluster URL=http://127.0.0.1:18231 PODS=2 ARGS='--requests 40 --expect-replicas 1'
expect_said '80 of 80 answered'
expect_said '✔ as expected: --expect-replicas 1'
first=$(grep -o 'Job probe-[0-9-]*' "$STAND_IN/output")
refuses make probe-cluster URL=http://127.0.0.1:18231 PODS=3 ARGS='--requests 20 --expect-replicas=2'
expect_said '60 of 60 answered'
expect_said '✘ NOT as expected: --expect-replicas 2'
[ "$(grep -o 'Job probe-[0-9-]*' "$STAND_IN/output")" != "$first" ] || fail 'two runs have one name'

echo '--- and what can go wrong there'
refuses make probe-cluster
expect_said 'needs the URL'
refuses make probe-cluster URL=http://127.0.0.1:18231 PODS=0
expect_said 'PODS=0 is no number'
refuses make probe-cluster URL=http://127.0.0.1:18231 PODS=2 ARGS='--requests none'
expect_said 'has no report: .*--requests'
expect_match 'the calls' "$(cat "$STAND_IN/calls")" 'delete job/probe-'
refuses env KUBECTL=unpullable make probe-cluster URL=http://127.0.0.1:18231
expect_said 'The nodes do not get the image served-by-probe'
expect_match 'the calls' "$(cat "$STAND_IN/calls")" 'delete job/probe-'
