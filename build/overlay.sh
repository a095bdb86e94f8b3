# shellcheck shell=bash
# Sourced after environment.sh: k8s.yaml with what is in deploy/ and with another image.

# The components that WITH names, in the order of the alphabet: the order of a user is no order
# that they depend on.
chosen_components() {
  local name
  for name in $(tr -s ', ' '\n' <<<"${WITH:-}" | sort -u); do
    grep -qsx 'kind: Component' "deploy/$name/kustomization.yaml" ||
      fail "WITH names '$name', which is not there. There are:" \
        "$(grep -lx 'kind: Component' deploy/*/kustomization.yaml | cut -d/ -f2 | tr '\n' ' ')"
    echo "$name"
  done
}

# image_entry FROM TO: TO is name, name:tag or name@digest.
image_entry() {
  local name=${2%%@*} last tag=
  last=${name##*/}
  [[ $last != *:* ]] || tag=${last#*:}
  echo "  - name: $1"
  echo "    newName: '${name%":$tag"}'"
  if [[ $2 == *@* ]]; then
    echo "    digest: '${2#*@}'"
  elif [ -n "$tag" ]; then
    echo "    newTag: '$tag'"
  fi
}

# replace KIND PATH VALUE: a patch of one field of an object that is known to be there, if there is a
# value, which is JSON.
replace() {
  [ -n "$3" ] || return 0
  printf '%s\n' "  - target: { kind: $1 }" '    patch: |-' \
    "      [{ \"op\": \"replace\", \"path\": \"$2\", \"value\": $3 }]"
}

# kustomize FUNCTION ARGUMENT...: prints what kubectl makes of the kustomization that the function
# prints. A component cannot reach up to k8s.yaml, so that kustomization is outside the tree. It names
# the tree by the way from there, the function's first argument: kustomize takes no absolute paths.
kustomize() {
  local directory root code=0
  directory=$(cd "$(mktemp -d)" && pwd -P)
  root=$(sed 's|/[^/]*|/..|g; s|^/||' <<<"$directory")$(pwd -P)
  "$1" "$root" "${@:2}" >"$directory/kustomization.yaml"
  kubectl kustomize "$directory" || code=$?
  rm -r "$directory"
  return "$code"
}

# string VALUE: as JSON, or nothing if there is none.
string() { [ -z "$1" ] || printf '"%s"' "$1"; }

# settings COMPONENTS: what is different in every cluster, where it has a place.
settings() {
  local host issuer
  host=$(string "${TLS_HOST:-}") issuer=$(string "${TLS_ISSUER:-}")
  case " $1 " in
    *' gateway-api '*) replace Gateway /spec/gatewayClassName "$(string "${GATEWAY_CLASS:-}")" ;;
    *) replace Ingress /spec/ingressClassName "$(string "${INGRESS_CLASS:-}")" ;;
  esac
  case " $1 " in
    *' tls '*)
      replace Ingress /spec/rules/0/host "$host"
      replace Ingress /spec/tls/0/hosts/0 "$host"
      ;;
  esac
  case " $1 " in
    *tls*)
      replace Certificate /spec/dnsNames/0 "$host"
      replace Certificate /spec/issuerRef/name "$issuer"
      ;;
  esac
}

# top_kustomization ROOT IMAGE COMPONENTS
top_kustomization() {
  local component
  printf '%s\n' 'apiVersion: kustomize.config.k8s.io/v1beta1' 'kind: Kustomization'
  printf '%s\n' 'resources:' "  - '$1'" 'components:'
  for component in $3; do echo "  - '$1/deploy/$component'"; done
  echo 'patches:'
  settings "$3"
  echo 'images:'
  [ -z "$2" ] || image_entry localhost:5000/served-by "$2"
  case " $3 " in
    *' watch '*) image_entry served-by-probe "${PROBE_IMAGE:-served-by-probe}" ;;
  esac
}

# render [IMAGE]: prints the manifest.
render() {
  local components
  components=$(chosen_components) || exit
  components=${components//$'\n'/ }
  kustomize top_kustomization "${1:-}" "$components" ||
    fail "kubectl cannot put these together: $components (docs/deploy.md says what goes with what)."
}
