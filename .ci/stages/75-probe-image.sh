#!/usr/bin/env bash
# The image of the probe measures a replica from a container beside it, and watches it.
. "$(dirname "$0")/../assert.sh"

name=served-by-ci-probe
clean_up() {
  docker rm --force $name $name-watch || true
}
trap clean_up EXIT
clean_up

make probe-image PROBE_IMAGE=$name
make image IMAGE=served-by:ci
expect 'the list of layers that it adds' \
  "$(docker history --no-trunc --format '{{ .Size }} {{ .CreatedBy }}' $name | grep -c COPY)" 1
expect 'the user' "$(docker image inspect --format '{{ .Config.User }}' $name)" 65532:65532

docker run --detach --name $name --env REPLICA_NAME=web-1 served-by:ci
eventually 'the replica is ready' docker exec $name /nodejs/bin/node /server.mjs healthcheck
output=$(docker run --rm --network container:$name --read-only --cap-drop=ALL \
  --security-opt=no-new-privileges $name 127.0.0.1:8000 --expect-replicas 1 --max-failures 0)
echo "$output"
expect_match 'the report' "$output" 'web-1 .*1 000'

echo '--- the watch, as deploy/watch runs it'
watch=$name-watch
docker run --detach --name $watch --network container:$name --read-only --cap-drop=ALL \
  --security-opt=no-new-privileges $name watch 127.0.0.1:8000
metric() {
  docker exec $name /nodejs/bin/node --eval '
    fetch("http://127.0.0.1:9465/metrics").then((page) => page.text()).then((text) => console.log(text))' |
    grep "$1"
}
eventually 'it counts answers' metric '^served_by_probe_requests_total [1-9]'
docker stop $watch
docker logs $watch
expect 'its exit code' "$(docker inspect --format '{{ .State.ExitCode }}' $watch)" 0
