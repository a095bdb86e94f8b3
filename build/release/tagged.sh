#!/usr/bin/env bash
# Says, as outputs of a workflow's step, what a pushed tag is to become. GITHUB_REF_NAME is the tag.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
if [ "$GITHUB_REF_NAME" != "v$version" ]; then
  echo "The tag $GITHUB_REF_NAME is not v$version, as package.json says: make release makes both." >&2
  exit 1
fi
echo "version=$version"
# Names of images are in lower case; a GitHub owner may not be.
owner=$(tr '[:upper:]' '[:lower:]' <<<"$GITHUB_REPOSITORY_OWNER")
echo "repository=ghcr.io/$owner"
