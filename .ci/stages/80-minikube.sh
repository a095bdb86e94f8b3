#!/usr/bin/env bash
# make minikube-prepare and minikube-clean against a real registry and recorded stand-ins.
. "$(dirname "$0")/../assert.sh"

.ci/minikube.sh
