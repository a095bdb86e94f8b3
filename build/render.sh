#!/usr/bin/env bash
# make render: prints what make deploy applies, for who applies it in another way.
. "$(dirname "$0")/environment.sh"
. build/overlay.sh

command -v kubectl >/dev/null ||
  fail 'kubectl was not found: install it, https://kubernetes.io/docs/tasks/tools/'
render "${IMAGE:-}"
