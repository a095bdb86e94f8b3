#!/usr/bin/env bash
# The test service, in a tree that belongs to another user: every file must stay that user's.
. "$(dirname "$0")/../assert.sh"

user=12345
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
mkdir "$directory/home"
.ci/copy-tree.sh "$directory/tree"
chown -R "$user:$user" "$directory"
cd "$directory/tree"

as_user() {
  setpriv --reuid "$user" --regid "$user" --groups "$(stat --format %g /var/run/docker.sock)" \
    env HOME="$directory/home" "$@"
}

expect_ownership() {
  expect 'the list of files that changed hands' "$(find . ! -user "$user")" ''
}

echo '--- the suite'
as_user make test ENGINE=docker
expect_ownership

echo '--- make fix rewrites'
echo 'key:   value' | as_user tee unformatted.yaml
as_user make fix ENGINE=docker
expect 'the file' "$(cat unformatted.yaml)" 'key: value'
expect_ownership

echo '--- root runs make: files are written as the owner of the tree'
make build ENGINE=docker
[ -f dist/server.mjs ] || fail 'make build wrote no bundle'
expect_ownership

echo '--- packages of another platform on the host are not used'
as_user mkdir -p node_modules/.bin
echo 'for another platform' | as_user tee node_modules/.bin/node
as_user chmod +x node_modules/.bin/node
make build ENGINE=docker
rm -rf node_modules
expect_ownership

echo '--- without MY_UID and MY_GID the service refuses'
code=0
output=$(docker compose run --rm --no-TTY test 2>&1) || code=$?
expect 'its exit code' "$code" 2
expect_match 'the refusal' "$output" 'make test'
expect_ownership
