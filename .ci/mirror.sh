#!/usr/bin/env bash
# Prints the address of the Debian mirror that this machine uses.
set -euo pipefail
. /etc/os-release
# shellcheck disable=SC2016 # apt's own placeholder
apt-get indextargets --format '$(REPO_URI)' \
  "Codename: $VERSION_CODENAME" 'Component: main' 'Created-By: Packages' | head -n 1
