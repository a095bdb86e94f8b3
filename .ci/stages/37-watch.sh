#!/usr/bin/env bash
# The watch behind a real nginx, which mostly waits; meanwhile a share of npm run watch-verdicts: one
# simulated month without trouble, and a hundred cases of each trouble. It fails where more than one alarm
# is false, what a watch keeps grows, or a trouble is told late.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh chromium haproxy libfaketime libnginx-mod-stream nginx-light
[ -x node_modules/.bin/node ] || npm ci
PATH=$PWD/node_modules/.bin:$PATH
npm run e2e -- test/probe/balancers/watch &
behind_nginx=$!
npm run watch-verdicts -- --months 1 --cases 100 --seed 18
wait "$behind_nginx"
