#!/usr/bin/env bash
# What judges by simulation: a tenth of make verdicts and a twentieth of its pairs of runs, whose seed is
# none of those that judge, and a share of npm run watch-verdicts: one month without trouble, and a hundred
# cases of each trouble. They are too few to measure the goals, so the stage names those that are missed, and
# fails where twice as much is wrong, alarmed about, left open in long runs, or outside its interval, as they
# allow; where more than one alarm is false in the month, what a watch keeps grows, or a trouble is told late.
# Meanwhile the watch runs behind a real nginx, where it mostly waits; the simulations give way to it.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh chromium haproxy libfaketime libnginx-mod-stream nginx-light
[ -x node_modules/.bin/node ] || npm ci
PATH=$PWD/node_modules/.bin:$PATH
npm run e2e -- test/probe/balancers/watch &
behind_nginx=$!
nice make verdicts ARGS="--runs 1000 --seed 18 --pairs 50"
nice npm run watch-verdicts -- --months 1 --cases 100 --seed 18
wait "$behind_nginx"
