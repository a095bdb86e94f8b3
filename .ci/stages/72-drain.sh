#!/usr/bin/env bash
# The drain of the production image, in which the server is PID 1 and so gets no default action.
. "$(dirname "$0")/../assert.sh"

image=served-by:ci
container=served-by-ci-drain
trap 'docker rm --force "$container"' EXIT

make image IMAGE=$image

# start DRAIN_DELAY: a hardened container, and its address.
start() {
  docker rm --force $container 2>/dev/null || true
  docker run --detach --name $container --publish 127.0.0.1::8000 --env DRAIN_DELAY="$1" \
    --read-only --cap-drop=ALL --security-opt=no-new-privileges $image
  address=$(docker port $container 8000/tcp)
  eventually 'it is ready' curl --fail --silent "http://$address/readyz"
  expect 'the process number' "$(docker top $container -o pid,cmd | tail -n +2 | wc -l)" 1
}
status_of() {
  curl --silent --output /dev/null --write-out '%{http_code}' "http://$address/$1"
}
is_draining() {
  [ "$(status_of readyz)" = 503 ]
}
last_line() {
  docker logs $container | tail -n 1
}

for signal in TERM INT; do
  echo "--- SIG$signal"
  start 3
  docker kill --signal "$signal" $container
  eventually 'it is not ready any more' is_draining
  expect 'liveness' "$(status_of livez)" 200
  answer=$(curl --fail --silent --include "http://$address/")
  expect_match 'the answer' "$answer" $'[Cc]onnection: close\r'
  expect_match 'the answer' "$answer" $';draining\r'
  expect 'the exit code' "$(docker wait $container)" 0
  expect_match 'the last line of the log' "$(last_line)" \
    '"requests":[1-9][0-9]*,"lastRequestAfter":[0-9.]+,"fittingDrainDelay":[1-9].*"msg":"drained"'
done

echo '--- a second signal'
start 3600
docker kill --signal TERM $container
eventually 'it is not ready any more' is_draining
docker kill --signal TERM $container
expect 'the exit code' "$(docker wait $container)" 1
