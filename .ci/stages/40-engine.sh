#!/usr/bin/env bash
# A container engine and the base images for the stages that follow: the real ones where the registries
# answer, otherwise stand-ins.
. "$(dirname "$0")/../assert.sh"

.ci/engine.sh
if docker pull --quiet node:26-trixie-slim >/dev/null 2>&1; then
  echo 'The registry answers: with the real base images.'
else
  echo 'No registry answers: with stand-ins for the base images.'
  .ci/stand-ins/base-images.sh
fi
# What a run that was interrupted left behind.
docker compose --profile '*' down --volumes --remove-orphans
docker rm --force served-by-ci 2>/dev/null || true
