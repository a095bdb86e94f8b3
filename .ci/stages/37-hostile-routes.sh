#!/usr/bin/env bash
# A hundred thousand generated requests to the routes, and 200 of their kind shown to a real Chromium.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh chromium
[ -x node_modules/.bin/node ] || npm ci
PATH=$PWD/node_modules/.bin:$PATH npm run routes
