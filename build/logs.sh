#!/usr/bin/env bash
# make logs: follows the log of what make run started, until Ctrl-C.
. "$(dirname "$0")/environment.sh"

trap 'exit 0' INT

if [ -f .run/server.pid ]; then
  tail -n 100 -f .run/server.log
elif engine_runs && [ -n "$(docker compose ps --all --quiet dev)" ]; then
  docker compose logs --follow --no-log-prefix dev
else
  fail 'Nothing is running: start it with make run.'
fi
