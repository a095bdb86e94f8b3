#!/usr/bin/env bash
# make run and its friends without containers, and what make says when something is missing.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh curl procps
.ci/check-run.sh local

# refusal COMMAND...: the first line on standard error of a command that must fail.
refusal() {
  local errors
  if errors=$("$@" 2>&1 >/dev/null); then fail "it succeeded: $*"; fi
  head -n 1 <<<"$errors"
}

no_engine=DOCKER_HOST=unix:///nonexistent

echo '--- no engine: the pinned Node, and a line that says so'
trap 'make stop' EXIT
output=$(env $no_engine make run)
expect_match 'the output of make run' "$output" 'No running container engine .* the pinned Node'
make stop

echo '--- no engine, but it was asked for'
expect_match 'the refusal' "$(refusal env $no_engine make run ENGINE=docker)" 'start Docker'
expect_match 'the refusal' "$(refusal env $no_engine make image)" 'start Docker'

echo '--- no npm'
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
for tool in awk bash cat dirname git grep ls make ps rm sh; do
  ln -s "$(command -v "$tool")" "$bin/$tool"
done
expect_match 'the refusal' "$(refusal env PATH="$bin" make run)" '^npm was not found: install'

echo '--- values that make no sense'
expect_match 'the refusal' "$(refusal make run PORT=70000)" '^PORT=70000 is not a port'
expect_match 'the refusal' "$(refusal make run ENGINE=podman)" '^ENGINE=podman is unknown'
