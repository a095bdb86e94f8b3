#!/usr/bin/env bash
# make minikube-prepare and minikube-clean: puts the current source into a running minikube, and
# removes it. Safe to repeat: prepare rolls out what has changed.
. "$(dirname "$0")/environment.sh"

registry=127.0.0.1:$REGISTRY_PORT
# The same repository as the nodes see it: the registry addon listens there on each of them.
repository=localhost:5000/served-by
tag=$(sed -n "s|^ *image: $repository:||p" k8s.yaml)

# Prints a line for each of the named tools that is not ready, with what to do about it.
missing() {
  local tool
  for tool in "$@"; do
    if ! command -v "$tool" >/dev/null; then
      case $tool in
        docker) echo '- docker: install it, https://docs.docker.com/get-started/get-docker/' ;;
        minikube) echo '- minikube: install it, https://minikube.sigs.k8s.io/docs/start/' ;;
        kubectl) echo '- kubectl: install it, https://kubernetes.io/docs/tasks/tools/' ;;
        curl) echo '- curl: install it, https://curl.se/download.html' ;;
      esac
    elif [ "$tool" = docker ] && ! docker info >/dev/null 2>&1; then
      echo '- docker: its engine does not answer, start it (docker info says more)'
    elif [ "$tool" = minikube ] && ! minikube status >/dev/null 2>&1; then
      echo '- minikube: it is not running, run minikube start (minikube status says more)'
    fi
  done
}

# Exits unless all the named tools are ready. Then sets `kubectl`, which talks to minikube even
# while the current context is another cluster.
need() {
  local lines
  lines=$(missing "$@")
  [ -z "$lines" ] || fail "Not everything that this needs is there:"$'\n'"$lines"
  kubectl=(kubectl --context "$(minikube profile)")
}

forward=
end_forward() {
  if [ -n "$forward" ]; then
    kill "$forward" 2>/dev/null || true
    wait "$forward" 2>/dev/null || true
  fi
}
# bash runs it for INT and TERM too, and a trap of their own would have to wait for the command
# that is running.
trap end_forward EXIT

registry_answers() {
  curl --silent --fail --noproxy '*' --max-time 2 "http://$registry/v2/" >/dev/null
}

# Forwards the local port to the registry in minikube until this script ends.
forward_registry() {
  "${kubectl[@]}" --namespace kube-system port-forward --address 127.0.0.1 service/registry \
    "$REGISTRY_PORT:80" >/dev/null &
  forward=$!
  for ((attempt = 0; attempt < 60; attempt++)); do
    registry_answers && return
    kill -0 "$forward" 2>/dev/null || fail 'The forward to the registry ended: see above.'
    sleep 0.5
  done
  fail 'The registry of minikube does not answer: see kubectl --namespace kube-system get pods.'
}

# Pushes the image and sets `digest` to what names exactly this build, whatever the commit.
push() {
  digest=$(docker push "$1" | tee >(cat >&2) | sed -n 's/.* digest: \(sha256:[0-9a-f]*\) .*/\1/p')
  [ -n "$digest" ] || fail 'docker push did not say which digest the image has.'
}

wait_for_rollout() {
  "${kubectl[@]}" --namespace served-by rollout status deployment/served-by --timeout 180s && return
  "${kubectl[@]}" --namespace served-by get pods >&2 || true
  fail 'The new pods did not become ready: see kubectl --namespace served-by describe pods.'
}

# Sets `address`. The controller publishes it at most a minute after it has seen a new ingress.
wait_for_address() {
  local path='{.status.loadBalancer.ingress[0].ip}'
  "${kubectl[@]}" --namespace served-by wait ingress/served-by --for "jsonpath=$path" \
    --timeout 180s >/dev/null ||
    fail 'The ingress still has no address: see kubectl --namespace ingress-nginx get pods.'
  address=$("${kubectl[@]}" --namespace served-by get ingress/served-by --output "jsonpath=$path")
}

prepare() {
  need docker minikube kubectl curl
  port_is_taken "$REGISTRY_PORT" &&
    fail "Port $REGISTRY_PORT is taken by another program: choose another with REGISTRY_PORT=5001."
  local addon
  for addon in registry ingress metrics-server; do minikube addons enable "$addon"; done
  forward_registry
  # Attestations carry the time: without them the same source keeps its digest, and its pods.
  BUILDX_NO_DEFAULT_ATTESTATIONS=1 build/image.sh prod "$registry/served-by:$tag"
  push "$registry/served-by:$tag"
  sed "s|$repository:$tag|$repository@$digest|" k8s.yaml | "${kubectl[@]}" apply --filename -
  wait_for_rollout
  wait_for_address
  echo "served-by is ready: http://$address/ (make minikube-clean removes it)"
}

clean() {
  need minikube kubectl
  "${kubectl[@]}" delete --filename k8s.yaml --ignore-not-found
  echo 'Removed served-by from minikube. Its addons stay enabled.'
}

case ${1:-} in
  prepare | clean) "$1" ;;
  *) fail 'Usage: build/minikube.sh prepare|clean' ;;
esac
