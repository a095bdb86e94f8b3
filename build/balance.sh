#!/usr/bin/env bash
# make balance: starts two production replicas behind nginx, in containers, and waits for them.
. "$(dirname "$0")/environment.sh"

engine_runs || fail 'No running container engine with Compose v2 was found: start Docker, then make balance.'
build/stop.sh >/dev/null 2>&1
port_is_taken 8080 && fail 'Port 8080 is taken by another program: stop that.'

trap 'build/stop.sh >/dev/null 2>&1; exit 130' INT
docker compose up --build --detach --wait nginx && {
  echo 'nginx balances two replicas: http://127.0.0.1:8080/ (make stop)'
  exit
}
docker compose --profile balance logs >&2
build/stop.sh >/dev/null 2>&1
fail 'The replicas did not become ready: see their output above.'
