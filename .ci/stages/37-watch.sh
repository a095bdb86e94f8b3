#!/usr/bin/env bash
# A share of npm run watch-verdicts: one simulated month without trouble, and a hundred cases of each
# trouble. It fails where more than one alarm is false, what a watch keeps grows, or a trouble is told late.
. "$(dirname "$0")/../assert.sh"

[ -x node_modules/.bin/node ] || npm ci
PATH=$PWD/node_modules/.bin:$PATH npm run watch-verdicts -- --months 1 --cases 100 --seed 18
