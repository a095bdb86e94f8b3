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

# image_entry IMAGE: name, name:tag or name@digest.
image_entry() {
  local name=${1%%@*} last tag=
  last=${name##*/}
  [[ $last != *:* ]] || tag=${last#*:}
  echo '  - name: localhost:5000/served-by'
  echo "    newName: '${name%":$tag"}'"
  if [[ $1 == *@* ]]; then
    echo "    digest: '${1#*@}'"
  elif [ -n "$tag" ]; then
    echo "    newTag: '$tag'"
  fi
}

# replace KIND PATH VALUE: a patch of one field, for an object that is known to be there.
replace() {
  printf '%s\n' "  - target: { kind: $1 }" '    patch: |-' \
    "      [{ \"op\": \"replace\", \"path\": \"$2\", \"value\": \"$3\" }]"
}

# What is different in every cluster, where a component has a place for it.
settings() {
  case " $1 " in
    *' gateway-api '*) [ -z "${GATEWAY_CLASS:-}" ] || replace Gateway /spec/gatewayClassName "$GATEWAY_CLASS" ;;
  esac
  case " $1 " in
    *' tls '* | *' gateway-tls '*)
      [ -z "${ISSUER:-}" ] || replace Certificate /spec/issuerRef/name "$ISSUER"
      [ -z "${HOST:-}" ] || replace Certificate /spec/dnsNames/0 "$HOST"
      ;;
  esac
  case " $1 " in
    *' tls '*)
      [ -z "${HOST:-}" ] || replace Ingress /spec/rules/0/host "$HOST"
      [ -z "${HOST:-}" ] || replace Ingress /spec/tls/0/hosts/0 "$HOST"
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
  [ -z "$2" ] || image_entry "$2"
}

# render [IMAGE]: prints the manifest. A component cannot reach up to k8s.yaml, so the kustomization
# that holds them all is outside the tree, and names the tree by the way from there: kustomize takes
# no absolute paths.
render() {
  local components directory root
  components=$(chosen_components) || exit
  directory=$(cd "$(mktemp -d)" && pwd -P)
  root=$(sed 's|/[^/]*|/..|g; s|^/||' <<<"$directory")$(pwd -P)
  top_kustomization "$root" "${1:-}" "${components//$'\n'/ }" >"$directory/kustomization.yaml"
  if ! kubectl kustomize "$directory"; then
    rm -r "$directory"
    fail "kubectl cannot put these together: ${components//$'\n'/ } (docs/deploy.md says what goes with what)."
  fi
  rm -r "$directory"
}
