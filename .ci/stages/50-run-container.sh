#!/usr/bin/env bash
# make run and its friends in the dev service, and the service by hand, without make.
. "$(dirname "$0")/../assert.sh"

.ci/check-run.sh docker

docker compose up --wait dev
curl --fail --silent --show-error http://127.0.0.1:8000/readyz
docker compose down
