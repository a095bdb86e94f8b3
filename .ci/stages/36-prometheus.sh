#!/usr/bin/env bash
# A real Prometheus server scrapes the bundle, and a query returns the number of requests sent. What the
# probe writes with --openmetrics is read by the format's strict reader, by promtool and by the server.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh curl jq prometheus python3-prometheus-client
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

echo '--- the report of a probe'
node dist/probe.mjs http://127.0.0.1:18522/version -n 100 --expect-replicas 1 --quiet \
  --openmetrics "$work/probe.om"
/usr/bin/python3 - "$work/probe.om" <<'END'
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families

families = list(text_string_to_metric_families(open(sys.argv[1]).read()))
print(len(families), 'families')
END
# promtool knows the names of counters only as the older format writes them.
awk '$2 == "TYPE" && $4 == "counter" { counter[$3] }
  /^#/ && $3 in counter { $3 = $3 "_total" }
  { print }' "$work/probe.om" | promtool check metrics
node --eval 'require("node:http").createServer((_, response) => response
  .setHeader("content-type", "application/openmetrics-text; version=1.0.0; charset=utf-8")
  .end(require("node:fs").readFileSync(process.argv[1]))).listen(18525, "127.0.0.1")' "$work/probe.om" &
pids+=($!)

echo '--- a server that scrapes'
cat >"$work/prometheus.yml" <<END
global: { scrape_interval: 1s }
scrape_configs:
  - job_name: served-by
    static_configs: [{ targets: ['127.0.0.1:18523'] }]
  - job_name: probe
    static_configs: [{ targets: ['127.0.0.1:18525'] }]
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
eventually "the probe's requests are counted" says served_by_probe_requests_total 100
expect "the probe's expectation" \
  "$(query 'served_by_probe_expectation_met{option="--expect-replicas"}')" 1
expect "the probe's 99th percentile" \
  "$(query 'count(served_by_probe_latency_seconds{quantile="0.99"} < 5)')" 1
