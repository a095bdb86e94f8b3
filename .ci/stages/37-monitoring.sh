#!/usr/bin/env bash
# deploy/monitoring with a real Prometheus, two real replicas and a watch of them behind nginx: each query of the dashboard returns data,
# and each alert fires on its own condition. There is no cluster to discover them in, so they are named;
# `for` and the intervals are cut to a second here, since promtool tests the real ones, and the watch asks
# more often: it needs so many answers to be sure.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh curl jq nginx-light prometheus
make build ENGINE=local
PATH=$PWD/node_modules/.bin:$PATH
. build/monitoring/local.sh

work=$(mktemp -d)
declare -A pids=()
clean_up() {
  kill "${pids[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap clean_up EXIT

echo '--- rules, with their real durations'
promtool check rules deploy/monitoring/rules.yml
promtool test rules test/monitoring/rules.test.yml

# start NAME PORT METRICS-PORT
start() {
  REPLICA_NAME=$1 PORT=$2 METRICS_PORT=$3 FAULTS=on DRAIN_DELAY=0 DRAIN_TIMEOUT=1 \
    node dist/server.mjs >"$work/$1.log" &
  pids[$1]=$!
  eventually "$1 is ready" curl --fail --silent "http://127.0.0.1:$2/readyz"
}
start web-1 18550 18551
start web-2 18552 18553

echo '--- a watch of both behind nginx'
cat >"$work/nginx.conf" <<END
daemon off;
pid nginx.pid;
error_log stderr emerg;
events {}
http {
  access_log off;
  upstream replicas { server 127.0.0.1:18550; server 127.0.0.1:18552; }
  server {
    listen 127.0.0.1:18555;
    location / { proxy_pass http://replicas; proxy_next_upstream error; }
  }
}
END
nginx -p "$work" -c nginx.conf -e stderr &
pids[nginx]=$!
node dist/probe.mjs watch http://127.0.0.1:18555 --rate 20 --metrics-port 18556 >"$work/watch.log" &
pids[watch]=$!
eventually 'the watch has its metrics' curl --fail --silent --output "$work/metrics" http://127.0.0.1:18556/metrics
promtool check metrics <"$work/metrics"

sed 's/^\( *for:\).*/\1 1s/' deploy/monitoring/rules.yml >"$work/quick-rules.yml"
sed 's/_interval:.*/_interval: 1s/' deploy/monitoring/prometheus.yml >"$work/quick-prometheus.yml"
PROMETHEUS=$work/quick-prometheus.yml RULES=$work/quick-rules.yml WATCH=18556 \
  local_prometheus "$work" 18554 18551 18553
pids[prometheus]=$prometheus

# query EXPRESSION: its samples.
query() {
  curl --fail --silent --get http://127.0.0.1:18554/api/v1/query --data-urlencode "query=$1" |
    jq --compact-output '.data.result[]'
}
has_data() {
  [ -n "$(query "$1")" ]
}
fires() {
  has_data "ALERTS{alertname=\"$1\", alertstate=\"firing\"}"
}
silent() {
  ! fires "$1"
}

# spread URL: over several scrapes, since a series that is new at one of them has no rate yet.
spread() {
  for ((i = 0; i < 40; i++)); do
    curl --silent --output /dev/null "$1" &
    sleep 0.15
  done
}

# Some of it until this stage ends.
traffic() {
  while sleep 0.2; do
    curl --silent http://127.0.0.1:18550/ http://127.0.0.1:18552/ >/dev/null
  done
}
traffic &
pids[traffic]=$!

echo '--- every query of the dashboard returns data'
eventually 'both replicas are scraped' has_data 'count(up{job="served-by"} == 1) == 2'
mapfile -t queries < <(jq --raw-output '.. | .expr? // empty' deploy/monitoring/dashboard.json)
[ "${#queries[@]}" -ge 10 ] || fail "the dashboard has only ${#queries[@]} queries"
for expression in "${queries[@]}"; do eventually "there is data: $expression" has_data "$expression"; done
mapfile -t alerts < <(sed -n 's/^ *- alert: //p' deploy/monitoring/rules.yml)
for alert in "${alerts[@]}"; do eventually "$alert is silent" silent "$alert"; done

echo '--- ServedByErrorRatio: some answers are 500'
spread http://127.0.0.1:18550/status/500
eventually 'it fires' fires ServedByErrorRatio
silent ServedByLatency || fail 'the errors fire ServedByLatency, too'

echo '--- ServedByLatency: some answers take a second'
spread http://127.0.0.1:18550/delay/1
eventually 'it fires' fires ServedByLatency
silent ServedByReplicaAway || fail 'latency fires ServedByReplicaAway, too'

echo '--- ServedByLosses: one replica fails half of what it is asked'
curl --fail --silent --json '{"errorRate":0.5}' http://127.0.0.1:18552/faults
eventually 'it fires' fires ServedByLosses
curl --fail --silent --request DELETE http://127.0.0.1:18552/faults
silent ServedByOutage || fail 'losses fire ServedByOutage, too'

echo '--- ServedByDrainTimedOut, ServedByRequestsCut: an answer takes longer than the drain may'
curl --silent --output /dev/null http://127.0.0.1:18552/delay/10 &
sleep 1
kill "${pids[web-2]}"
wait "${pids[web-2]}" || true
expect_match 'the last line of its log' "$(tail -n 1 "$work/web-2.log")" '"timedOut":true,"cut":1'
eventually 'the first fires' fires ServedByDrainTimedOut
eventually 'the second fires' fires ServedByRequestsCut

echo '--- ServedByReplicaAway: it does not come back'
eventually 'it fires' fires ServedByReplicaAway

echo '--- ServedByReplicaLost: the watch misses it'
eventually 'it fires' fires ServedByReplicaLost

echo '--- ServedByOutage: no replica is left'
kill "${pids[web-1]}"
wait "${pids[web-1]}" || true
eventually 'it fires' fires ServedByOutage
start web-1 18550 18551
eventually 'it is silent again' silent ServedByOutage

echo '--- and all are back'
start web-2 18552 18553
eventually 'ServedByReplicaLost is silent again' silent ServedByReplicaLost
eventually 'ServedByReplicaAway is silent again' silent ServedByReplicaAway
