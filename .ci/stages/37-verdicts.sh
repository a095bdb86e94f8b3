#!/usr/bin/env bash
# A tenth of make verdicts, and a twentieth of its pairs of runs for probe compare, whose seed is none of
# those that judge. A thousand runs are too few to measure the goals, so the stage names those that are
# missed, and fails where twice as much is wrong, alarmed about, left open in long runs, or outside its
# interval, as they allow.
. "$(dirname "$0")/../assert.sh"

[ -x node_modules/.bin/node ] || npm ci
make verdicts ARGS="--runs 1000 --seed 18 --pairs 50"
