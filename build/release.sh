#!/usr/bin/env bash
# make release: see build/release/release.ts. Always on the host, whose git knows who commits.
. "$(dirname "$0")/environment.sh"

[ -n "${VERSION:-}" ] || fail 'make release needs the version: make release VERSION=0.2.0'
use_pinned_node
exec node build/release/release.ts "$VERSION"
