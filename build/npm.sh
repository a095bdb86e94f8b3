#!/usr/bin/env bash
# make test, fix and build: runs one and the same npm script in the test service or locally.
. "$(dirname "$0")/environment.sh"

choose_engine
if [ "$engine" = local ]; then
  use_pinned_node
  exec npm "$@"
fi

docker compose build test
set -- test npm "$@"
# The host's packages may be for another platform: an empty volume hides them.
if [ -d node_modules ]; then set -- --volume /app/tree/node_modules "$@"; fi
if [ ! -t 0 ] || [ ! -t 1 ]; then set -- --no-TTY "$@"; fi
exec docker compose run --rm "$@"
