#!/usr/bin/env bash
# bench.sh SCRIPT: runs a script of bench/ on the production bundle, with the pinned Node from npm.
. "$(dirname "$0")/environment.sh"

use_pinned_node
npm run build >/dev/null
exec node "$@"
