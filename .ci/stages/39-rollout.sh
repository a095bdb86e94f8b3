#!/usr/bin/env bash
# Twenty replacements under load behind a real nginx: not one request of 36 000 fails. And streams of events
# go on elsewhere.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh chromium haproxy libfaketime libnginx-mod-stream nginx-light
make rollout
PATH=$PWD/node_modules/.bin:$PATH npm run e2e -- test/adapters
