#!/usr/bin/env bash
# Brings a container engine with Compose v2 up on Debian 12: installs and starts what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

start_engine() {
  .ci/packages.sh docker.io iptables ca-certificates
  # After a crash the recorded process number may belong to another program by now.
  pgrep -x dockerd >/dev/null || rm -f /var/run/docker.pid /var/run/docker/containerd/containerd.pid
  setsid dockerd >/var/log/dockerd.log 2>&1 </dev/null &
  for ((attempt = 0; attempt < 60; attempt++)); do
    docker info >/dev/null 2>&1 && return
    sleep 0.5
  done
  tail -n 50 /var/log/dockerd.log
  echo 'dockerd did not start: see its log above.'
  exit 1
}

# Debian 12 has no package of the plugins; those of Debian 13 are one static binary each.
install_plugins() {
  local directory
  directory=$(mktemp -d)
  .ci/unpack.sh trixie "$directory" docker-compose docker-buildx
  install -D --target-directory=/usr/local/lib/docker/cli-plugins \
    "$directory"/usr/libexec/docker/cli-plugins/*
  rm -rf "$directory"
}

docker info >/dev/null 2>&1 || start_engine
{ docker compose version && docker buildx version; } >/dev/null 2>&1 || install_plugins
docker version
docker compose version
docker buildx version
