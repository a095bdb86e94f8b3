#!/usr/bin/env bash
# The live page in a real browser, against real replicas behind a real nginx.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh chromium haproxy libfaketime libnginx-mod-stream nginx-light
[ -x node_modules/.bin/node ] || npm ci
PATH=$PWD/node_modules/.bin:$PATH npm run e2e -- test/ui --file-parallelism --max-workers 3
