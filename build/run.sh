#!/usr/bin/env bash
# make run: starts the server in the background, from source, and waits until it is ready.
. "$(dirname "$0")/environment.sh"

start_container() {
  docker compose up --build --detach --wait dev && return
  docker compose logs --no-log-prefix dev >&2
  build/stop.sh >/dev/null 2>&1
  fail 'The dev service did not become ready: see its output above.'
}

start_local() {
  use_pinned_node
  mkdir -p .run
  # Nothing balances here, so a restart need not wait for a balancer to notice.
  DRAIN_DELAY=${DRAIN_DELAY:-0} nohup node --watch-path=src --watch-preserve-output \
    --import=./build/write-page.ts src/adapters/node/main.ts >.run/server.log 2>&1 </dev/null &
  echo $! >.run/server.pid
  for ((attempt = 0; attempt < 60; attempt++)); do
    node src/adapters/node/main.ts healthcheck >/dev/null 2>&1 && return
    # A server that failed leaves node --watch-path waiting for a change.
    grep -q '^Failed running' .run/server.log && break
    sleep 0.25
  done
  cat .run/server.log >&2
  build/stop.sh >/dev/null
  fail 'The server did not become ready: see its output above.'
}

case $PORT in
  '' | 0* | *[!0-9]* | ??????*) fail "PORT=$PORT is not a port: use a number from 1 to 65535." ;;
esac
[ "$PORT" -le 65535 ] || fail "PORT=$PORT is not a port: use a number from 1 to 65535."

choose_engine
build/stop.sh >/dev/null 2>&1
port_is_taken "$PORT" && fail "Port $PORT is taken by another program: stop that, or choose another with PORT=8010."

trap 'build/stop.sh >/dev/null 2>&1; exit 130' INT
case $engine in
  docker) start_container ;;
  local) start_local ;;
esac
echo "served-by is ready: http://127.0.0.1:$PORT/ (make logs, make stop)"
