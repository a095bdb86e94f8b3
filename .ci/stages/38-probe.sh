#!/usr/bin/env bash
# The probe against real balancers: the report names what was configured, and counts what they count.
# 37-verdicts has those of the watch.
. "$(dirname "$0")/../assert.sh"

.ci/kubectl.sh
.ci/packages.sh chromium haproxy libfaketime libnginx-mod-stream nginx-light
[ -x node_modules/.bin/node ] || npm ci
PATH=$PWD/node_modules/.bin:$PATH
# These mostly wait, at a low rate: side by side.
npm run e2e -- test/probe/rollout test/probe/balancers/{trouble,clients} --file-parallelism --max-workers 2
npm run e2e -- test/probe --exclude 'test/probe/{rollout/*,balancers/{trouble,clients,watch}}.e2e.ts'
