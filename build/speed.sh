#!/usr/bin/env bash
# make bench: builds the server, installs its peers, and measures them in turn. On this machine and
# not in a container, because servers and load generator have a core each. Linux only.
#   ONLY=throughput,start  some of the measurements, or only the probe's: ONLY=probe
#   ROUNDS=5  rounds of each
#   SECONDS_EACH=3  seconds of each load
#   JSON=bench.json  a file for the raw figures
. "$(dirname "$0")/environment.sh"

for tool in taskset wrk; do
  command -v "$tool" >/dev/null || fail "$tool was not found: install it (Debian: apt-get install util-linux wrk)."
done
use_pinned_node
npm run build >/dev/null
if [ ! bench/node_modules/.package-lock.json -nt bench/package-lock.json ]; then
  npm ci --prefix bench --ignore-scripts --loglevel=error
fi

set -- ${ONLY:+"--only=$ONLY"} ${ROUNDS:+"--rounds=$ROUNDS"} ${JSON:+"--json=$JSON"} \
  ${SECONDS_EACH:+"--seconds=$SECONDS_EACH"}
[ "${ONLY:-}" = probe ] || taskset --cpu-list 1 node bench/speed/main.ts "$@"
[ "${ONLY:-probe}" != probe ] || node bench/probe.ts
