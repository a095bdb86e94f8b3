#!/usr/bin/env bash
# npm run monitoring-picture: docs/images/monitoring.png. Two replicas and a Prometheus with the configuration
# of deploy/monitoring, four minutes of real requests with a rolling restart in them, and Prometheus' own
# graph page in Chromium.
. "$(dirname "$0")/../environment.sh" && cd "$(dirname "$0")/../.."
use_pinned_node
for tool in prometheus promtool chromium; do
  command -v "$tool" >/dev/null || fail "$tool was not found: on Debian, apt-get install prometheus chromium."
done
npm run build >/dev/null
. build/monitoring/local.sh

work=$(mktemp -d)
declare -A pids=()
# shellcheck disable=SC2317 # the trap calls it
clean_up() {
  kill "${pids[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap clean_up EXIT

start() {
  REPLICA_NAME=$1 PORT=$2 METRICS_PORT=$3 node dist/server.mjs >/dev/null &
  pids[$1]=$!
}
start web-1 18560 18561
start web-2 18562 18563
local_prometheus "$work" 18564 18561 18563
pids[prometheus]=$prometheus
sleep 3

# Each client asks one of them, and the other one while that drains.
for ports in '18560 18562' '18562 18560'; do
  read -r first second <<<"$ports"
  (while sleep 0.04; do
    curl --fail-early --fail --silent --max-time 1 "http://127.0.0.1:$first/readyz" "http://127.0.0.1:$first/" ||
      curl --silent "http://127.0.0.1:$second/"
  done) >/dev/null &
  pids[$first]=$!
done
sleep 100
for name in web-1 web-2; do
  kill "${pids[$name]}"
  wait "${pids[$name]}" || true
  sleep 10
  if [ $name = web-1 ]; then start web-1 18560 18561; else start web-2 18562 18563; fi
  sleep 30
done
sleep 30

graph() {
  printf 'g%s.expr=%s&g%s.tab=0&g%s.range_input=4m&g%s.stacked=0&' "$1" "$(jq --null-input --raw-output --arg text "$2" '$text | @uri')" "$1" "$1" "$1"
}
address="http://127.0.0.1:18564/graph?$(graph 0 'sum by (instance) (rate(http_requests_total{job="served-by", route!~"/livez|/readyz"}[1m]))')$(
  graph 1 'served_by:replicas_serving:count'
)"
mkdir -p docs/images
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1200,1560 \
  --virtual-time-budget=20000 --screenshot=docs/images/monitoring.png "$address"
