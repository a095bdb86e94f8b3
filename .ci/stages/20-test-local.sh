#!/usr/bin/env bash
# The whole suite with the pinned Node from npm, on a host with another Node.
. "$(dirname "$0")/../assert.sh"

make test ENGINE=local
