#!/usr/bin/env bash
# make balance: two replicas take turns behind nginx, and drain when they are stopped.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh curl
trap 'make stop' EXIT
make balance
answers=$(for ((i = 0; i < 20; i++)); do
  curl --fail --silent --show-error --write-out '\n' http://127.0.0.1:8080/
done)
for name in replica-1 replica-2; do
  expect "the number of answers of $name" "$(grep -c "\"hostname\":\"$name\"" <<<"$answers")" 10
done
docker compose --profile balance stop replica-2
expect_match 'the log of the one that was stopped' \
  "$(docker compose --profile balance logs --no-log-prefix replica-2 | tail -n 1)" '"msg":"drained"'
make stop
expect 'the list of containers left' "$(docker compose --profile '*' ps --all --quiet)" ''
