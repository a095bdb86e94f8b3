#!/usr/bin/env bash
# k8s.yaml with the components in deploy/, each and in pairs, put together by the real kubectl.
. "$(dirname "$0")/../assert.sh"

.ci/kubectl.sh
[ -x node_modules/.bin/node ] || npm ci
PATH=$PWD/node_modules/.bin:$PATH npm run overlays
