#!/usr/bin/env bash
# make image and make probe-image: build one target of the Dockerfile under a name.
# image.sh TARGET NAME
. "$(dirname "$0")/environment.sh"

docker info >/dev/null 2>&1 || fail 'No running container engine was found: start Docker, then run make again.'

version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
DOCKER_BUILDKIT=1 docker build --target "$1" --tag "$2" \
  --build-arg VERSION="$version" --build-arg COMMIT="$COMMIT" .
echo "Built the image $2 (version $version, commit $COMMIT)."
