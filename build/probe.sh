#!/usr/bin/env bash
# make probe: measures the balancer at URL. Always on the host, so that no container network stands
# between the two.
. "$(dirname "$0")/environment.sh"

[ -n "${URL:-}" ] || fail 'make probe needs the URL to measure: make probe URL=http://127.0.0.1:8000/'
use_pinned_node
# shellcheck disable=SC2086 # one argument a word
exec node src/probe/main.ts "$URL" ${ARGS:-}
