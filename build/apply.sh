# shellcheck shell=bash
# Sourced after environment.sh: puts a manifest into a cluster and takes out what it no longer holds.
# Who sources it sets `kubectl`, the command with the context.
#
# Server-side apply, since a field then belongs to somebody: the autoscaler's number of replicas is
# not in the manifest and so is left alone. What was applied is noted in a ConfigMap; kubectl's own
# `--prune` is still in alpha, in both of its forms.

# Who may write these could give itself more: they are the administrator's (make access).
administrators='Namespace|ServiceAccount|Role|RoleBinding|ClusterRole|ClusterRoleBinding'
administrators_names='^(namespace|serviceaccount|(cluster)?role(binding)?\.rbac\.authorization\.k8s\.io)/'
autoscaler=horizontalpodautoscaler.autoscaling/served-by

# shellcheck disable=SC2154 # see above
namespaced() { "${kubectl[@]}" --namespace served-by "$@"; }

# apply [OPTION...]: the manifest at standard input. What the files say wins over what was changed
# by hand.
apply() { "${kubectl[@]}" apply --server-side --force-conflicts --filename - "$@"; }

# documents KINDS 1|0: passes through the documents that are, or are not, of these kinds.
documents() {
  awk -v kinds="^($1)\$" -v wanted="$2" '
    function flush() { if (text != "" && (kind ~ kinds) == wanted) printf "---\n%s", text; text = kind = "" }
    /^---$/ { flush(); next }
    /^kind: / { kind = $2 }
    { text = text $0 "\n" }
    END { flush() }'
}

# lines_without LINES OTHERS: the lines that are not among the others.
lines_without() { grep -vxF "$2" <<<"$1" || true; }

is_administrator() { [ "$("${kubectl[@]}" auth can-i create namespaces 2>/dev/null)" = yes ]; }

# A namespace that is going takes what is put into it along: it has to be gone first.
wait_for_namespace_to_go() {
  local phase
  phase=$("${kubectl[@]}" get namespace served-by --ignore-not-found --output 'jsonpath={.status.phase}')
  [ "$phase" = Terminating ] || return 0
  echo 'The namespace served-by is still being removed: waiting for it to be gone.'
  "${kubectl[@]}" wait namespace/served-by --for delete --timeout 180s ||
    fail 'It does not go: kubectl get namespace served-by --output yaml says what it waits for.'
}

# What an earlier apply has put there, a name a line. Before there was a note, that was k8s.yaml.
noted() {
  local names
  names=$(namespaced get configmap served-by-deployed --ignore-not-found --output 'jsonpath={.data.objects}')
  [ -n "$names" ] || names=$("${kubectl[@]}" create --dry-run=client --output name --filename k8s.yaml)
  sort -u <<<"$names"
}

# note NAMES: for the next apply.
note() {
  apply <<END >/dev/null
apiVersion: v1
kind: ConfigMap
metadata:
  name: served-by-deployed
  namespace: served-by
  labels:
    app.kubernetes.io/name: served-by
    app.kubernetes.io/instance: served-by
    app.kubernetes.io/part-of: served-by
    app.kubernetes.io/managed-by: kubectl
data:
  # What make deploy has put here, for the next one to remove what went.
  objects: |
$(sort -u <<<"$1" | sed '/^$/d; s/^/    /')
END
}

# hand_over REPLICAS: lets another field manager own the number that is there. A field whose only
# owner no longer names it is set to its default, here 1; one with a second owner stays.
hand_over() {
  "${kubectl[@]}" apply --server-side --field-manager served-by-autoscaling --validate=false \
    --filename - <<END
apiVersion: apps/v1
kind: Deployment
metadata:
  name: served-by
  namespace: served-by
spec:
  replicas: $1
END
}

# A number that the autoscaler changes between the two calls is a conflict: then look again.
hand_over_replicas() {
  local replicas
  for ((attempt = 0; attempt < 3; attempt++)); do
    replicas=$(namespaced get deployment/served-by --ignore-not-found --output 'jsonpath={.spec.replicas}')
    hand_over "${replicas:-2}" && return
  done
  fail 'The number of replicas could not be handed over to the autoscaler: see above. Nothing else was changed.'
}

# remove NAMES
remove() {
  # shellcheck disable=SC2086 # one argument a name
  [ -z "$1" ] || namespaced delete --ignore-not-found $1
}

# put MANIFEST: the order is for the pods. There are never fewer than two that are ready, and what
# replaces something is there before that goes.
put() {
  local manifest=$1 new old gone is_new='' theirs=''
  wait_for_namespace_to_go
  if is_administrator; then
    theirs=$(documents "$administrators" 1 <<<"$manifest" | apply --output name)
    echo "$theirs"
  elif "${kubectl[@]}" get namespace served-by >/dev/null; then
    echo 'Namespace, accounts and roles stay as the administrator has put them there (make access).'
  else
    fail 'This account may not make the namespace: an administrator does, once, by make access.'
  fi

  manifest=$(documents "$administrators" 0 <<<"$manifest")
  new=$(apply --dry-run=server --output name <<<"$manifest") ||
    fail 'The cluster refuses a part of it (see above), so none was applied.'
  old=$(noted)
  if [ -z "$theirs" ]; then theirs=$(grep -E "$administrators_names" <<<"$old" || true); fi
  new=$theirs$'\n'$new
  gone=$(lines_without "$old" "$new")
  # Both, in case that this is interrupted.
  note "$old"$'\n'"$new"

  if grep -qxF "$autoscaler" <<<"$new"; then
    [ -n "$(namespaced get deployment/served-by --ignore-not-found --output name)" ] || is_new=yes
    [ -n "$is_new" ] || hand_over_replicas
  elif grep -qxF "$autoscaler" <<<"$gone"; then
    # Before the fixed number is back, or it would change it once more.
    remove "$autoscaler"
  fi
  apply <<<"$manifest"
  # It has started with the default, one.
  if [ -n "$is_new" ]; then hand_over 2 || echo 'The autoscaler was faster.'; fi
  remove "$gone"
  note "$new"
}

wait_for_rollout() {
  namespaced rollout status deployment/served-by --timeout 180s && return
  namespaced get pods >&2 || true
  fail 'The new pods did not become ready: see kubectl --namespace served-by describe pods.'
}
