#!/usr/bin/env bash
# make minikube-prepare and minikube-clean with a real engine and a real registry. There is no
# cluster: minikube and kubectl are stand-ins that note each call and fail on an unexpected one.
. "$(dirname "$0")/assert.sh"

.ci/packages.sh docker-registry curl
.ci/kubectl.sh
REAL_KUBECTL=$(command -v kubectl)
[ -x node_modules/.bin/node ] || npm ci

# By their names: the same image may have others, which are not ours.
remove_images() {
  docker image ls --digests '127.0.0.1:*/served-by' \
    --format $'{{ .Repository }}:{{ .Tag }}\n{{ .Repository }}@{{ .Digest }}' |
    grep -v '<none>' | sort -u | xargs --no-run-if-empty docker image rm >/dev/null 2>&1 || true
}

work=$(mktemp -d)
clean_up() {
  # What the stand-ins and this script have started, if it still runs.
  cat "$work"/*.pid 2>/dev/null | xargs --no-run-if-empty kill 2>/dev/null || true
  remove_images
  rm -rf "$work"
}
trap clean_up EXIT

REAL_REGISTRY_PORT=18210 # where the registry is; the stand-in of kubectl forwards to it
export REAL_KUBECTL REAL_REGISTRY_PORT REGISTRY_PORT=18211 STAND_IN=$work
export PATH=$PWD/.ci/stand-ins:$PWD/node_modules/.bin:$PATH

cat >"$work/registry.yml" <<END
version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: $work/registry } }
http: { addr: '127.0.0.1:$REAL_REGISTRY_PORT' }
END
docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
echo $! >"$work/registry.pid"
eventually 'the registry answers' curl --fail --silent "http://127.0.0.1:$REAL_REGISTRY_PORT/v2/"

# A copy, whose source can be changed.
.ci/copy-tree.sh "$work/tree"
cd "$work/tree"

# succeeds COMMAND..., refuses COMMAND...: the output and the calls of the stand-ins are kept.
succeeds() {
  : >"$work/calls"
  "$@" >"$work/output" 2>&1 || { cat "$work/output"; fail "it failed: $*"; }
}
refuses() {
  : >"$work/calls"
  if "$@" >"$work/output" 2>&1; then fail "it succeeded: $*"; fi
}

expect_calls() {
  expect 'the list of calls' "$(cat "$work/calls")" "$1"
}
expect_said() {
  expect_match 'the output' "$(cat "$work/output")" "$1"
}
expect_no_forward() {
  if kill -0 "$(cat "$work/forward.pid")" 2>/dev/null; then fail 'the forward still runs'; fi
}
pinned_digest() {
  sed -n 's|^ *"image": "localhost:5000/served-by@\(sha256:[0-9a-f]*\)",$|\1|p' "$work/cluster.json"
}

kubectl='kubectl --context minikube'
address='jsonpath={.status.loadBalancer.ingress[0].ip}'
get="$kubectl --namespace served-by get"
apply="$kubectl apply --server-side --force-conflicts --filename -"
noted="$get configmap served-by-deployed --ignore-not-found --output jsonpath={.data.objects}"
# What is put into a cluster: first what only an administrator may write, then a rehearsal.
put="$kubectl get namespace served-by --ignore-not-found --output jsonpath={.status.phase}
$kubectl auth can-i create namespaces
$apply --output name
$apply --dry-run=server --output name
$noted
$apply
$apply
$apply"
questions=$'minikube status\nminikube profile'
calls="$questions
minikube addons enable registry
minikube addons enable ingress
minikube addons enable metrics-server
$kubectl --namespace kube-system port-forward --address 127.0.0.1 service/registry $REGISTRY_PORT:80
$put
$kubectl --namespace served-by rollout status deployment/served-by --timeout 180s
$kubectl --namespace served-by wait ingress/served-by --for $address --timeout 180s
$get ingress/served-by --output $address"

echo '--- prepare'
succeeds make minikube-prepare
cat "$work/output"
expect_said 'http://192\.168\.49\.2/'
# Nothing is noted yet: what is there can only be k8s.yaml.
expect_calls "${calls/$noted/$noted
$kubectl create --dry-run=client --output name --filename k8s.yaml}"
expect_no_forward
digest=$(pinned_digest)
expect_match 'the digest' "$digest" '^sha256:[0-9a-f]{64}$'

echo '--- the image, pulled again'
image=127.0.0.1:$REAL_REGISTRY_PORT/served-by@$digest
remove_images
docker pull "$image"
expect_match 'what --version says' "$(docker run --rm --network none "$image" --version)" \
  "^served-by $(node --print 'require("./package.json").version') "

echo '--- the same source: the same digest, so that no pod is replaced'
succeeds make minikube-prepare
expect 'the digest' "$(pinned_digest)" "$digest"

echo '--- another source of the same commit: another digest'
echo "process.title = 'changed'" >>src/adapters/node/main.ts
succeeds make minikube-prepare
expect_calls "$calls"
if [ "$(pinned_digest)" = "$digest" ]; then fail 'the pods would not run the new build'; fi

echo '--- with a component, and without it again'
succeeds make minikube-prepare WITH=autoscaling
expect_match 'the cluster' "$(cat "$work/cluster.json")" 'horizontalpodautoscaler.autoscaling/served-by'
succeeds make minikube-prepare
if grep -q horizontalpodautoscaler "$work/cluster.json"; then fail 'the autoscaler is still there'; fi

echo '--- a namespace that is still going: first it has to be gone'
sed -i 's/"phase": ""/"phase": "Terminating"/' "$work/cluster.json"
succeeds make minikube-prepare
expect_match 'the calls' "$(cat "$work/calls")" $'wait namespace/served-by --for delete --timeout 180s\n'
expect_said 'still being removed'

echo '--- the manifest cannot be applied'
refuses env KUBECTL=broken make minikube-prepare
expect_no_forward

echo '--- killed while it waits for the rollout'
KUBECTL=slow make minikube-prepare >"$work/output" 2>&1 &
prepare=$!
eventually 'it waits' test -s "$work/slow.pid"
kill -0 "$(cat "$work/forward.pid")" || fail 'there is no forward to end'
kill "$prepare"
if wait "$prepare"; then fail 'it succeeded'; fi
expect_no_forward

echo '--- Ctrl-C while it waits for the rollout: kubectl ends with an ordinary error'
rm "$work/slow.pid"
set -m # a process group of its own, as in a terminal
# Where CI runs in the background, the signal is ignored from the start.
KUBECTL=slow env --default-signal=INT make minikube-prepare >"$work/output" 2>&1 &
prepare=$!
set +m
eventually 'it waits' test -s "$work/slow.pid"
kill -INT -- "-$prepare"
if wait "$prepare"; then fail 'it succeeded'; fi
if grep -q 'did not become ready' "$work/output"; then fail 'the pods are blamed'; fi
expect_no_forward

echo '--- no port'
for port in '' 5000x; do
  refuses make minikube-prepare REGISTRY_PORT="$port"
  expect_said "REGISTRY_PORT='$port' is no port"
  expect_calls ''
done

echo '--- minikube is stopped'
refuses env MINIKUBE=stopped make minikube-prepare
expect_said 'run minikube start'

echo '--- no tools: all of them are named at once'
mkdir "$work/bin"
for tool in awk bash cat cut dirname env git ls make sed sh; do
  ln -s "$(command -v "$tool")" "$work/bin/$tool"
done
refuses env PATH="$work/bin" make minikube-prepare
for tool in docker minikube kubectl; do expect_said "- $tool: install it"; done

echo '--- the port is taken: nothing is changed'
refuses make minikube-prepare REGISTRY_PORT=$REAL_REGISTRY_PORT
expect_said "Port $REAL_REGISTRY_PORT is taken .*REGISTRY_PORT="
expect_calls "$questions"

echo '--- make deploy: builds and pushes the source, or takes what the registry has under a tag'
remote=127.0.0.1:$REAL_REGISTRY_PORT/served-by
succeeds make deploy IMAGE="$remote" COMMIT=0123456789ab YES=1
deployed=$(sed -n "s|^ *\"image\": \"$remote@\(sha256:[0-9a-f]*\)\",\$|\1|p" "$work/cluster.json")
expect_match 'the digest' "$deployed" '^sha256:[0-9a-f]{64}$'
succeeds make deploy IMAGE="$remote:0123456789ab" YES=1
expect_said "The image is $remote@$deployed"
refuses make deploy IMAGE="$remote:nonsense" YES=1
expect_said "does not say which image $remote:nonsense is"

echo '--- clean: nothing in the cluster, and no image here'
docker image ls '127.0.0.1:*/served-by' | grep -q served-by || fail 'there is no image to remove'
succeeds make minikube-clean
expect 'the images that are left' "$(docker image ls --quiet '127.0.0.1:*/served-by')" ''
expect_calls "$questions
$kubectl delete --filename k8s.yaml --ignore-not-found"
