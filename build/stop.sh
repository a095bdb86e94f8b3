#!/usr/bin/env bash
# make stop: stops whatever make run started, and is content when there is nothing.
. "$(dirname "$0")/environment.sh"

# The process that make run recorded, unless it has ended and its number is another program's now.
local_server() {
  local pid
  pid=$(cat .run/server.pid 2>/dev/null) || return 1
  ps -o command= -p "$pid" | grep -q 'src/adapters/node/main.ts' && echo "$pid"
}

stopped=false

if pid=$(local_server); then
  kill "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  stopped=true
fi
rm -f .run/server.pid

if engine_runs && [ -n "$(docker compose --profile '*' ps --all --quiet)" ]; then
  docker compose --profile '*' down
  stopped=true
fi

if $stopped; then echo 'Stopped.'; else echo 'Nothing was running.'; fi
