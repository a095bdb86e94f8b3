#!/usr/bin/env bash
# Only for a machine that cannot reach a registry of images; where it can, nothing here is needed.
# Makes stand-ins for the base images, under their real names. They hold what the real ones do, as far as this project can tell: Debian 13, Node and npm, nginx;
# the distroless one has no shell. An image of that name that is not a stand-in is left alone.
set -euo pipefail
cd "$(dirname "$0")/../.."

.ci/packages.sh mmdebstrap ca-certificates
[ -x node_modules/.bin/node ] || npm ci
node=$(realpath node_modules/.bin/node)
certificates=/etc/ssl/certs/ca-certificates.crt

# A stand-in is made again when its recipe, its Node or the machine's certificates change.
recipe=$(cat .ci/stand-ins/base-images.sh "$certificates" <("$node" --version) | sha256sum | cut -c 1-16)

is_there() {
  local label
  label=$(docker image inspect --format '{{ index .Config.Labels "stand-in" }}' "$1" 2>/dev/null) || return 1
  [ -z "$label" ] || [ "$label" = "$recipe" ]
}

# The machine may sit behind a proxy with a certificate of its own, which npm ci has to trust.
add_certificates() {
  install -D --mode=644 "$certificates" "$1$certificates"
}

# import NAME DIRECTORY CHANGE...: an image with these contents and this configuration.
import() {
  local name=$1 directory=$2 changes=()
  shift 2
  for change in "$@" "LABEL stand-in=$recipe" "ENV NODE_EXTRA_CA_CERTS=$certificates"; do
    changes+=(--change "$change")
  done
  tar --directory "$directory" --create . | docker import "${changes[@]}" - "$name"
}

node_slim() {
  local root=$1
  mmdebstrap --variant=essential --include=ca-certificates,libstdc++6,libatomic1 \
    trixie "$root" "$(.ci/mirror.sh)"
  install -D "$node" "$root/usr/local/bin/node"
  npm install --global --prefix "$root/usr/local" "npm@$(npm --version)"
  echo 'node:x:1000:1000::/home/node:/bin/bash' >>"$root/etc/passwd"
  echo 'node:x:1000:' >>"$root/etc/group"
  install -d --owner=1000 --group=1000 "$root/home/node"
  add_certificates "$root"
  import node:26-trixie-slim "$root" 'CMD ["node"]' \
    'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
}

distroless_node() {
  local root=$1
  mmdebstrap --variant=extract --include=base-files,libc6,libstdc++6,libatomic1,tzdata \
    trixie "$root" "$(.ci/mirror.sh)"
  install -D "$node" "$root/nodejs/bin/node"
  echo 'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin' >"$root/etc/passwd"
  echo 'nonroot:x:65532:' >"$root/etc/group"
  install -d --owner=65532 --group=65532 "$root/home/nonroot"
  add_certificates "$root"
  import gcr.io/distroless/nodejs26-debian13:nonroot "$root" \
    'ENTRYPOINT ["/nodejs/bin/node"]' 'USER 65532' 'WORKDIR /home/nonroot' \
    'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    "ENV SSL_CERT_FILE=$certificates"
}

nginx() {
  local root=$1
  mmdebstrap --variant=essential --include=nginx-light trixie "$root" "$(.ci/mirror.sh)"
  import nginx:stable-alpine "$root" 'CMD ["nginx", "-g", "daemon off;"]' \
    'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
}

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
chmod 755 "$directory"
is_there node:26-trixie-slim || node_slim "$directory/node-slim"
is_there gcr.io/distroless/nodejs26-debian13:nonroot || distroless_node "$directory/distroless-node"
is_there nginx:stable-alpine || nginx "$directory/nginx"
