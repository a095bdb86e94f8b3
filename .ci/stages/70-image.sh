#!/usr/bin/env bash
# The production image: what is in it, what it says about itself, and how it runs and stops.
. "$(dirname "$0")/../assert.sh"

image=served-by:ci
base=gcr.io/distroless/nodejs26-debian13:nonroot
container=served-by-ci
trap 'docker rm --force "$container" || true' EXIT

make image IMAGE=$image

echo '--- contents: one file more than its base'
files_of() {
  local id
  id=$(docker create "$1" none)
  docker export "$id" | tar --list | sort
  docker rm "$id" >/dev/null
}
expect 'the list of added files' "$(comm -13 <(files_of $base) <(files_of $image))" server.mjs

echo '--- budget: its own layers stay under 1 MB'
size_of() {
  docker image inspect --format '{{ .Size }}' "$1"
}
added=$(($(size_of $image) - $(size_of $base)))
[ "$added" -lt 1000000 ] || fail "its own layers have $added bytes, and the budget is 1000000"

echo '--- its bundle is the one that make build writes'
make build ENGINE=local
id=$(docker create $image)
docker cp "$id:/server.mjs" - | tar --extract --to-stdout | cmp - dist/server.mjs
docker rm "$id"

echo '--- configuration'
config() {
  docker image inspect --format "{{ $1 }}" $image
}
label() {
  config "index .Config.Labels \"org.opencontainers.image.$1\""
}
commit=$(git describe --always --dirty --abbrev=12 --exclude='*')
version=$(node --print 'require("./package.json").version')
expect_match 'the user' "$(config .Config.User)" '^[1-9][0-9]*(:[1-9][0-9]*)?$'
expect 'the title' "$(label title)" served-by
expect_match 'the description' "$(label description)" .
expect 'the licence' "$(label licenses)" MIT
expect 'the version' "$(label version)" "$version"
expect 'the revision' "$(label revision)" "$commit"
expect 'what --version says' "$(docker run --rm $image --version)" "served-by $version ($commit)"

echo '--- a hardened run'
id=$(docker run --detach --name $container --publish 127.0.0.1::8000 \
  --read-only --cap-drop=ALL --security-opt=no-new-privileges $image)
address=$(docker port $container 8000/tcp)
eventually 'it is ready' curl --fail --silent "http://$address/readyz"
expect_match 'the answer' "$(curl --fail --silent --show-error "http://$address/")" \
  "^\{\"timestamp\":[0-9]{10}(\.[0-9]{1,6})?,\"hostname\":\"${id:0:12}\"\}$"

is_healthy() {
  [ "$(docker inspect --format '{{ .State.Health.Status }}' $container)" = healthy ]
}
eventually 'it is healthy' is_healthy

echo '--- a clean stop'
docker stop --time 60 $container
docker logs $container
expect 'the exit code' "$(docker inspect --format '{{ .State.ExitCode }}' $container)" 0
expect_match 'the last line of the log' "$(docker logs $container | tail -n 1)" '"msg":"drained"'
