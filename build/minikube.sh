#!/usr/bin/env bash
# make minikube-prepare and minikube-clean: puts the current source into a running minikube, and
# removes it. Safe to repeat: prepare rolls out what has changed.
. "$(dirname "$0")/environment.sh"
. build/overlay.sh
. build/push.sh
. build/apply.sh

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
# bash runs it for TERM too, and a trap of its own would have to wait for the command that is running.
trap end_forward EXIT
# Ctrl-C reaches kubectl as well, which ends with an ordinary error: that is no answer of the cluster.
trap 'exit 130' INT

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

# Sets `address`. The controller publishes it at most a minute after it has seen a new ingress.
wait_for_address() {
  local entrance=ingress/served-by path='{.status.loadBalancer.ingress[0].ip}'
  case " ${WITH:-} " in
    *gateway-api*) entrance=gateway/served-by path='{.status.addresses[0].value}' ;;
  esac
  namespaced wait "$entrance" --for "jsonpath=$path" --timeout 180s >/dev/null ||
    fail "There is still no address: see kubectl --namespace served-by describe $entrance, and the pods of its controller."
  address=$(namespaced get "$entrance" --output "jsonpath=$path")
}

prepare() {
  [[ $REGISTRY_PORT =~ ^[0-9]+$ ]] ||
    fail "REGISTRY_PORT='$REGISTRY_PORT' is no port: leave it out for 5000, or choose another, as in REGISTRY_PORT=5001."
  need docker minikube kubectl curl
  render >/dev/null
  port_is_taken "$REGISTRY_PORT" &&
    fail "Port $REGISTRY_PORT is taken by another program: choose another with REGISTRY_PORT=5001."
  local addon
  for addon in registry ingress metrics-server; do minikube addons enable "$addon"; done
  forward_registry
  # Attestations carry the time: without them the same source keeps its digest, and its pods.
  BUILDX_NO_DEFAULT_ATTESTATIONS=1 build/image.sh prod "$registry/served-by:$tag"
  push "$registry/served-by:$tag"
  put "$(render "$repository@$digest")"
  wait_for_rollout
  wait_for_address
  echo "served-by is ready: http://$address/ (make minikube-clean removes it)"
}

# By their names: the same image may have others, which are not ours. A digest may go with its tag.
remove_local_images() {
  docker image ls --digests '127.0.0.1:*/served-by' \
    --format $'{{ .Repository }}:{{ .Tag }}\n{{ .Repository }}@{{ .Digest }}' |
    sed '/<none>/d' | sort -u | while read -r name; do
    if docker image inspect "$name" >/dev/null 2>&1; then docker image rm "$name"; fi
  done
}

clean() {
  need minikube kubectl
  "${kubectl[@]}" delete --filename k8s.yaml --ignore-not-found
  if docker info >/dev/null 2>&1; then remove_local_images; fi
  echo 'Removed served-by from minikube, and its local images. The addons stay enabled.'
}

case ${1:-} in
  prepare | clean) "$1" ;;
  *) fail 'Usage: build/minikube.sh prepare|clean' ;;
esac
