# shellcheck shell=bash
# Sourced by the other scripts: where things run (ENGINE), as whom, and with which Node.
set -euo pipefail

# Prints a sentence to standard error and exits with 1.
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# True if something listens on this port of the machine.
port_is_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# True if containers can be started and Compose v2 is there.
engine_runs() {
  docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1
}

# Sets `engine` to docker or local, as ENGINE asks, and says which in one line.
# shellcheck disable=SC2034 # read by the scripts that source this one
choose_engine() {
  case ${ENGINE:-auto} in
    auto)
      if engine_runs; then
        engine=docker
        echo 'Using containers (ENGINE=local uses the pinned Node from npm instead).'
      else
        engine=local
        echo 'No running container engine with Compose v2: using the pinned Node from npm.'
      fi
      ;;
    docker)
      engine_runs || fail 'No running container engine with Compose v2 was found: start Docker, or use ENGINE=local.'
      engine=docker
      ;;
    local)
      engine=local
      echo 'Using the pinned Node from npm (ENGINE=local).'
      ;;
    *) fail "ENGINE=$ENGINE is unknown: use ENGINE=auto, ENGINE=docker or ENGINE=local." ;;
  esac
}

# Installs the packages if the lockfile is newer than they are, and puts their Node first in PATH.
use_pinned_node() {
  command -v npm >/dev/null ||
    fail 'npm was not found: install Node.js, which brings it (any version), or start Docker.'
  # npm writes this file when an installation is complete.
  if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    echo 'Installing the packages of package-lock.json (npm ci).'
    npm ci --loglevel=error
  fi
  PATH=$PWD/node_modules/.bin:$PATH
  node --eval 'process.exit(parseInt(process.versions.node) < 26 ? 1 : 0)' ||
    fail "No Node binary is pinned for this platform ($(uname -sm)): install Node 26, or start Docker."
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Containers write as the owner of the tree, even if someone else, such as root, runs make.
# shellcheck disable=SC2012 # stat has other options on macOS
MY_UID=$(ls -nd . | awk '{ print $3 }')
# shellcheck disable=SC2012
MY_GID=$(ls -nd . | awk '{ print $4 }')
export MY_UID MY_GID
