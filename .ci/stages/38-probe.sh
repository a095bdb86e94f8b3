#!/usr/bin/env bash
# The probe against a real nginx in every configuration of it: the report names what was configured.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh libfaketime libnginx-mod-stream nginx-light
[ -x node_modules/.bin/node ] || npm ci
PATH=$PWD/node_modules/.bin:$PATH npm run e2e
