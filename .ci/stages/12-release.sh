#!/usr/bin/env bash
# make release, in a clone of this tree: it commits and tags the version in every place, or says why not.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh git
[ -x node_modules/.bin/node ] || npm ci

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.ci/copy-tree.sh "$work/tree"
cp -a node_modules "$work/tree/"
cd "$work/tree"
git init --quiet --initial-branch main
git config user.name 'Somebody'
git config user.email somebody@example.org
git add .
git commit --quiet --message 'The tree'
touch node_modules/.package-lock.json
old=$(node --print 'require("./package.json").version')
IFS=. read -r major minor _ <<<"$old"
next=$major.$((minor + 1)).0

refusal() {
  local errors
  if errors=$(make release "$@" 2>&1 >/dev/null); then fail "it released with $*"; fi
  head -n 1 <<<"$errors"
}

echo '--- what it refuses'
expect_match 'the refusal' "$(refusal)" '^make release needs the version'
expect_match 'the refusal' "$(refusal VERSION=next)" '^VERSION=next is no version'
expect_match 'the refusal' "$(refusal VERSION="$old")" 'is not greater than'
expect_match 'the refusal' "$(refusal VERSION=0.0.9)" 'is not greater than'
echo >>README.md
expect_match 'the refusal' "$(refusal VERSION="$next")" '^Some changes are not committed'
git restore README.md
git tag "v$next"
expect_match 'the refusal' "$(refusal VERSION="$next")" "^The tag v$next is there already"
git tag --delete "v$next"
expect 'the list of changes after all that' "$(git status --porcelain)" ''

echo '--- a release'
make release VERSION="$next"
expect 'the list of changes left' "$(git status --porcelain)" ''
expect 'the subject' "$(git log -1 --format=%s)" "Release $next"
expect 'what the tag names' "$(git rev-parse "v$next^{commit}")" "$(git rev-parse HEAD)"
expect_match 'the changelog' "$(cat CHANGELOG.md)" "## $next - $(date -u +%F)"
[ "$(git show --name-only --format= | wc -l)" -ge 5 ] || fail 'it changed fewer than five files'
# No place is left behind.
PATH=$PWD/node_modules/.bin:$PATH npx vitest run test/build/release.test.ts

echo '--- what the workflow makes of the tag'
export GITHUB_REPOSITORY=Owner/served-by GITHUB_REPOSITORY_OWNER=Owner
expect 'the outputs' "$(GITHUB_REF_NAME=v$next build/release/tagged.sh)" \
  "version=$next"$'\n''repository=ghcr.io/owner'
! GITHUB_REF_NAME=v0.0.9 build/release/tagged.sh || fail 'it took a tag of another version'
echo 'ghcr.io/owner/served-by@sha256:abc' >"$work/server.digest"
notes=$(build/release/notes.sh "$next" "$work/server.digest")
echo "$notes"
expect_match 'the notes' "$notes" '^'$'\n''*[A-Z-].*## By digest'
expect_match 'the notes' "$notes" $'\n''ghcr.io/owner/served-by@sha256:abc'$'\n'
expect_match 'the notes' "$notes" "/Owner/served-by/.github/workflows/release.yml@refs/tags/v$next"
! build/release/notes.sh 0.0.9 "$work/server.digest" || fail 'it has notes of a version that never was'

echo '--- nothing to say'
# The lockfile is newer than the packages now, which are the same.
touch node_modules/.package-lock.json
expect_match 'the refusal' "$(refusal VERSION=99.0.0)" '^CHANGELOG.md says nothing'
