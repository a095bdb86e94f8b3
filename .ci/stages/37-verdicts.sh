#!/usr/bin/env bash
# A tenth of make verdicts: the verdicts hold what they promise for balancers that know nothing of them.
. "$(dirname "$0")/../assert.sh"

[ -x node_modules/.bin/node ] || npm ci
make verdicts ARGS="--runs 1000 --seed 18"
