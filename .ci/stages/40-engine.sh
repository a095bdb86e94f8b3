#!/usr/bin/env bash
# A container engine and the base images for the stages that follow: the real ones where the registries
# answer, otherwise stand-ins.
. "$(dirname "$0")/../assert.sh"

.ci/engine.sh
real=yes
for image in node:26-trixie-slim gcr.io/distroless/nodejs26-debian13:nonroot nginx:stable-alpine; do
  # A registry that is not there may also be one that never answers.
  [ -z "$real" ] || timeout 120 docker pull --quiet "$image" || real=
done
if [ -z "$real" ]; then
  echo 'Not every registry answers: with stand-ins for the base images.'
  .ci/stand-ins/base-images.sh
fi
# What a run that was interrupted left behind.
docker compose --profile '*' down --volumes --remove-orphans
docker rm --force served-by-ci 2>/dev/null || true
