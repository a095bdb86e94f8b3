#!/usr/bin/env bash
# make verdicts: draws scenarios at random, simulates each, and compares what the probe's verdicts say
# with what was configured. It names the goals that are missed, and fails where twice as much goes wrong
# as they allow.
# Then pairs of runs, which probe compare must call the same, or find the damage.
#   ARGS="--runs 1000 --seed 7 --verbose"  so many runs, from that seed, with what was wrong
#   ARGS="--runs 0 --pairs 100"            so many pairs only
. "$(dirname "$0")/environment.sh"

use_pinned_node
read -ra words <<<"${ARGS:-}"
exec node test/model/main.ts "${words[@]}"
