#!/usr/bin/env bash
# A container engine and the base images for the stages that follow.
. "$(dirname "$0")/../assert.sh"

.ci/engine.sh
.ci/base-images.sh
# What a run that was interrupted left behind.
docker compose --profile '*' down --volumes --remove-orphans
docker rm --force served-by-ci 2>/dev/null || true
