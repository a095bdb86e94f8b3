#!/usr/bin/env bash
# make run and its friends without containers.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh curl procps
.ci/check-run.sh local
