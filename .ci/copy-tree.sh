#!/usr/bin/env bash
# Copies the tree, without what git ignores, into a new directory, which is the argument.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir "$1"
git ls-files -z --cached --others --exclude-standard |
  tar --null --files-from - --create | tar --extract --directory "$1"
