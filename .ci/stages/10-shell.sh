#!/usr/bin/env bash
# Every shell script passes shellcheck.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh shellcheck
git ls-files -z --cached --others --exclude-standard '*.sh' .ci/run | xargs -0 shellcheck
