#!/usr/bin/env bash
# Unpacks packages of another Debian release, without their dependencies, for programs that Debian 12
# does not have. A package list of its own keeps that release away from the machine's packages.
# unpack.sh RELEASE DIRECTORY PACKAGE...
set -euo pipefail
cd "$(dirname "$0")/.."

release=$1
target=$2
shift 2

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
mkdir -p "$directory/lists/partial" "$directory/cache/archives/partial"
echo "deb $(.ci/mirror.sh) $release main" >"$directory/sources.list"
options=(
  -o "Dir::Etc::sourcelist=$directory/sources.list" -o 'Dir::Etc::sourceparts=-'
  -o "Dir::State::lists=$directory/lists" -o "Dir::Cache=$directory/cache"
  -o 'APT::Sandbox::User=root'
)
apt-get "${options[@]}" update
# The release by name: a package that is installed with a higher version would win.
(cd "$directory" && apt-get "${options[@]}" download "${@/%//$release}")
for package in "$directory"/*.deb; do dpkg -x "$package" "$target"; done
