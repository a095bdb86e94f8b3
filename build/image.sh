#!/usr/bin/env bash
# make image: builds the production image under the name IMAGE.
. "$(dirname "$0")/environment.sh"

docker info >/dev/null 2>&1 || fail 'No running container engine was found: start Docker, then make image.'

version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
DOCKER_BUILDKIT=1 docker build --tag "$IMAGE" \
  --build-arg VERSION="$version" --build-arg COMMIT="$COMMIT" .
echo "Built the image $IMAGE (version $version, commit $COMMIT)."
