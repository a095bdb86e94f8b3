#!/usr/bin/env bash
# make deploy, make undeploy and make access: in the cluster of the current context. They say which
# that is, and ask.
. "$(dirname "$0")/environment.sh"
. build/overlay.sh
. build/push.sh
. build/apply.sh

# kubectl ends by itself; what comes after it must not take that for an answer.
trap 'exit 130' INT

# ask SENTENCE: sets `kubectl`, for one cluster from now on whatever becomes the current one.
ask() {
  local context answer=
  command -v kubectl >/dev/null ||
    fail 'kubectl was not found: install it, https://kubernetes.io/docs/tasks/tools/'
  context=$(kubectl config current-context) ||
    fail 'kubectl has no current context: choose one with kubectl config use-context.'
  kubectl=(kubectl --context "$context")
  echo "$1 in the cluster of the context $context."
  [ "${YES:-}" = 1 ] && return
  read -r -p 'Go on? [y/N] ' answer || echo
  [[ $answer == [yY]* ]] || fail 'Nothing was changed. (YES=1 answers yes.)'
}

# Sets `pinned` to the image by its digest: of the current source, if IMAGE has neither tag nor digest.
pin() {
  local digest
  case ${IMAGE##*/} in
    *@sha256:*) pinned=$IMAGE ;;
    *:*)
      # Not --format: buildx 0.13 knows it and prints the same.
      digest=$(docker buildx imagetools inspect "$IMAGE" | sed -n 's/^Digest: *//p') || true
      [ -n "$digest" ] ||
        fail "The registry does not say which image $IMAGE is: see above."
      pinned=${IMAGE%:*}@$digest
      ;;
    *)
      build/image.sh prod "$IMAGE:$COMMIT"
      push "$IMAGE:$COMMIT"
      pinned=$IMAGE@$digest
      ;;
  esac
}

deploy() {
  [[ ${IMAGE:-} == */* ]] ||
    fail 'make deploy needs to know the image: IMAGE=registry/name builds and pushes the source,' \
      'IMAGE=registry/name:tag and IMAGE=registry/name@sha256:… take what is there.'
  case " ${WITH:-} " in
    *tls*) [ -n "${TLS_HOST:-}" ] || fail "TLS is for a name: TLS_HOST=served-by.my-domain.example" ;;
  esac
  # What does not go together is found before the question.
  render "$IMAGE" >/dev/null
  ask "Deploys $IMAGE${WITH:+ with $WITH}"
  pin
  echo "The image is $pinned."
  put "$(render "$pinned")"
  wait_for_rollout
  echo 'served-by is ready. Where: kubectl --namespace served-by get ingress,service (make undeploy removes it)'
}

undeploy() {
  ask 'Removes served-by and all that was deployed with it'
  if [ -z "$("${kubectl[@]}" get namespace served-by --ignore-not-found --output name)" ]; then
    echo 'It is not there.'
    return
  fi
  remove "$(noted | grep -vE "$administrators_names" || true)"
  if is_administrator; then
    "${kubectl[@]}" delete namespace served-by --ignore-not-found
    echo 'Removed served-by and its namespace.'
  else
    remove configmap/served-by-deployed
    echo "Removed served-by. The namespace and who may do what in it stay: they are the administrator's."
  fi
}

access() {
  local manifest
  manifest=$(WITH="access ${WITH:-}" render)
  ask 'Makes the namespace served-by, and says who may do what in it,'
  wait_for_namespace_to_go
  documents "$administrators" 1 <<<"$manifest" | apply
}

case ${1:-} in
  deploy | undeploy | access) "$1" ;;
  *) fail 'Usage: build/deploy.sh deploy|undeploy|access' ;;
esac
