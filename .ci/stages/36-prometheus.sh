#!/usr/bin/env bash
# A real Prometheus server scrapes the bundle, and a query returns the number of requests sent.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh curl jq prometheus
make build ENGINE=local
PATH=$PWD/node_modules/.bin:$PATH

work=$(mktemp -d)
pids=()
clean_up() {
  kill "${pids[@]}"
  wait
  rm -rf "$work"
}
trap clean_up EXIT

PORT=18522 METRICS_PORT=18523 DRAIN_DELAY=0 node dist/server.mjs &
pids+=($!)
eventually 'the server is ready' curl --fail --silent http://127.0.0.1:18522/readyz

echo '--- the format'
curl --fail --silent http://127.0.0.1:18523/metrics | promtool check metrics

echo '--- a server that scrapes'
cat >"$work/prometheus.yml" <<END
global: { scrape_interval: 1s }
scrape_configs:
  - job_name: served-by
    static_configs: [{ targets: ['127.0.0.1:18523'] }]
END
promtool check config "$work/prometheus.yml"
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" \
  --web.listen-address=127.0.0.1:18524 --log.level=warn &
pids+=($!)

for ((i = 0; i < 42; i++)); do curl --fail --silent --output /dev/null http://127.0.0.1:18522/; done
curl --silent --output /dev/null http://127.0.0.1:18522/nowhere

# query EXPRESSION: the value of its first sample.
query() {
  curl --fail --silent --get http://127.0.0.1:18524/api/v1/query --data-urlencode "query=$1" |
    jq --raw-output '.data.result[0].value[1]'
}
says() {
  [ "$(query "$1")" = "$2" ]
}
eventually '42 answers are counted' says 'http_requests_total{route="/",status="200"}' 42
eventually 'one 404 is counted' says 'sum(http_requests_total{route="unknown",status="404"})' 1
expect 'the count of durations' \
  "$(query 'http_request_duration_seconds_count{route="/",status="200"}')" 42
expect 'the number of replicas by version' "$(query 'count(served_by_build_info)')" 1
expect 'the draining state' "$(query served_by_draining)" 0
