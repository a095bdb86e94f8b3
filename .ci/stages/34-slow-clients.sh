#!/usr/bin/env bash
# A thousand connections that send or read as slowly as they can, and one that does not: it is
# answered all the while.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh curl slowhttptest
make build ENGINE=local
PATH=$PWD/node_modules/.bin:$PATH
ulimit -n 8192

url=http://127.0.0.1:18520/
PORT=18520 METRICS_PORT=18521 DRAIN_DELAY=0 node dist/server.mjs &
server=$!
trap 'kill "$server"' EXIT
eventually 'the server is ready' curl --fail --silent "${url}readyz"

open_connections() {
  curl --silent http://127.0.0.1:18521/metrics | sed -n 's/^http_open_connections //p'
}
at_least_are_open() {
  [ "$(open_connections)" -ge "$1" ]
}

# attack WHAT CONNECTIONS OPTION...: one of slowhttptest's modes, for 8 seconds, in which it holds
# so many connections.
attack() {
  echo "--- $1"
  slowhttptest "${@:3}" -c 1000 -r 1000 -i 2 -l 8 -p 5 -u "$url" &
  local attacker=$!
  eventually "$2 connections are open" at_least_are_open "$2"
  for ((i = 0; i < 50; i++)); do
    curl --fail --silent --show-error --max-time 5 --output /dev/null "$url"
  done
  echo "50 answers, with $(open_connections) connections open at the end"
  wait "$attacker"
}

attack 'slow headers' 1000 -H
# No route reads a body, so each of these has its answer at once; then the tool leaves.
attack 'slow bodies' 0 -B -s 8192
attack 'slow reads' 1000 -X -w 8 -y 16 -n 2 -z 4 -k 10
