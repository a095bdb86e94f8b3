#!/usr/bin/env bash
# Adding and removing deploy/autoscaling keeps two replicas: shown with the merge code of the API
# server, which Debian 13 has as a Go library. The API server itself is not in Debian.
. "$(dirname "$0")/../assert.sh"
. build/apply.sh

.ci/kubectl.sh
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
.ci/unpack.sh trixie "$directory" golang-1.24-go golang-1.24-src \
  golang-k8s-sigs-structured-merge-diff-dev golang-k8s-sigs-yaml-dev golang-gopkg-yaml.v2-dev \
  golang-github-json-iterator-go-dev golang-github-modern-go-{concurrent,reflect2}-dev

WITH='' build/render.sh | documents Deployment 1 >"$directory/fixed.yaml"
WITH=autoscaling build/render.sh | documents Deployment 1 >"$directory/autoscaled.yaml"
# Without modules: everything is in the packages.
export GO111MODULE=off GOPATH=$directory/usr/share/gocode GOROOT=$directory/usr/lib/go-1.24
export GOCACHE=$directory/cache GOTOOLCHAIN=local CGO_ENABLED=0
# It runs for a moment: neither optimised nor with what debuggers read, it compiles in half the time.
"$GOROOT/bin/go" run -gcflags='all=-N -l -dwarf=false' -ldflags='-s -w' \
  .ci/server-side-apply/main.go "$directory/fixed.yaml" "$directory/autoscaled.yaml"
