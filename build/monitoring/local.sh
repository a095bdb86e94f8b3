# shellcheck shell=bash
# Sourced: Prometheus with the configuration of deploy/monitoring, on this machine. Only the discovery, which
# needs a cluster, is replaced by two replicas and, if WATCH is its port, a watch with fixed addresses.
# PROMETHEUS and RULES are files to use instead of those there.

# local_prometheus DIRECTORY PORT METRICS-PORT...: starts it; sets `prometheus` to its process.
local_prometheus() {
  local directory=$1 port=$2 targets
  shift 2
  cp "${RULES:-deploy/monitoring/rules.yml}" "$directory/rules.yml"
  targets=$(i=0; for metrics in "$@"; do
    i=$((i + 1))
    printf '      - { targets: [127.0.0.1:%s], labels: { instance: web-%s } }\n' "$metrics" "$i"
  done)
  {
    sed -n '/^ *kubernetes_sd_configs:/q; p' "${PROMETHEUS:-deploy/monitoring/prometheus.yml}"
    printf '    static_configs:\n%s\n' "$targets"
    printf '  - job_name: served-by-probe\n    static_configs: [{ targets: [%s], labels: { instance: watch } }]\n' \
      "${WATCH:+127.0.0.1:$WATCH}"
  } >"$directory/prometheus.yml"
  promtool check config "$directory/prometheus.yml"
  prometheus --config.file="$directory/prometheus.yml" --storage.tsdb.path="$directory/data" \
    --web.listen-address="127.0.0.1:$port" --log.level=warn &
  # shellcheck disable=SC2034 # read by the scripts that source this one
  prometheus=$!
}
