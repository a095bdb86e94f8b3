#!/usr/bin/env bash
# Brings a kubectl of the version that the manifests are for: that of Debian sid, a single binary
# that needs nothing but libc.
set -euo pipefail
cd "$(dirname "$0")/.."

is_new() {
  [[ $(kubectl version --client 2>/dev/null) =~ ^Client\ Version:\ v1\.([0-9]+) ]] &&
    [ "${BASH_REMATCH[1]}" -ge 36 ]
}

if ! is_new; then
  directory=$(mktemp -d)
  trap 'rm -rf "$directory"' EXIT
  .ci/unpack.sh sid "$directory" kubectl
  install -D --target-directory=/usr/local/bin "$directory/usr/bin/kubectl"
  hash -r
fi
is_new || { kubectl version --client; echo 'No kubectl of version 1.36 could be installed.'; exit 1; }
