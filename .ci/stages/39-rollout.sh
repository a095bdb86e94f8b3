#!/usr/bin/env bash
# Twenty replacements under load behind a real nginx: not one request of 36 000 fails.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh nginx-light
make rollout
