#!/usr/bin/env bash
# What action.yml runs: the probe, its report in the job's summary, its exit code the step's.
set -euo pipefail

# From the environment and never pasted into a script: an input is text, not a command.
options=()
for name in EXPECT_REPLICAS MAX_FAILURES MAX_SKEW MAX_P99 MAX_OUTAGE; do
  option=--$(tr '[:upper:]_' '[:lower:]-' <<<"$name")
  [ -z "${!name:-}" ] || options+=("$option" "${!name}")
done
for how in ${EXPECT:-}; do options+=(--expect "$how"); done
# shellcheck disable=SC2206 # one argument a word
options+=(${ARGS:-})

# The action and the npm package are released together.
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$(dirname "$0")/../package.json")

report=$(mktemp)
trap 'rm -f "$report"' EXIT
code=0
npx --yes "served-by@$version" probe "$URL" "${options[@]}" --markdown "$report" || code=$?

case $code in
  0) verdict='As expected' ;;
  1) verdict='NOT as expected' ;;
  2) verdict='The probe was asked for something that it cannot do' ;;
  3) verdict='Nothing answered' ;;
  *) verdict="The probe ended with $code" ;;
esac
{
  printf '## %s: %s\n\n' "$verdict" "$URL"
  cat "$report"
} >>"$GITHUB_STEP_SUMMARY"
exit "$code"
