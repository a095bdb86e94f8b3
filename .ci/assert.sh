# shellcheck shell=bash
# Sourced by the stages: the root of the tree, and how they say what is wrong.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# expect WHAT ACTUAL EXPECTED
expect() {
  [ "$2" = "$3" ] || fail "$1 is '$2', expected '$3'"
}

# expect_match WHAT ACTUAL REGULAR-EXPRESSION
expect_match() {
  [[ $2 =~ $3 ]] || fail "$1 is '$2', expected a match of '$3'"
}

# eventually WHAT COMMAND...: a deadline against hanging, not a measurement.
eventually() {
  local what=$1
  shift
  for ((attempt = 0; attempt < 120; attempt++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.25
  done
  fail "it never happened: $what"
}

fail() {
  echo "FAIL: $*"
  exit 1
}
