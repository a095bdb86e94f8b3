#!/usr/bin/env bash
# notes.sh VERSION FILE...: what a release says: its part of CHANGELOG.md, and the images by digest, which
# stand in the files.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$1
shift
notes=$(awk -v heading="## $version " 'index($0, "## ") == 1 { inside = index($0, heading) == 1; next } inside' CHANGELOG.md)
[ -n "$notes" ] || { echo "CHANGELOG.md says nothing about $version." >&2; exit 1; }
printf '%s\n\n' "$notes"

echo '## By digest'
echo
printf '```\n'
cat "$@"
printf '```\n\n'
cat <<END
Each was built and signed by this repository's workflow. To check one before it runs:

\`\`\`sh
cosign verify IMAGE@sha256:… --certificate-oidc-issuer https://token.actions.githubusercontent.com \\
  --certificate-identity https://github.com/${GITHUB_REPOSITORY:-OWNER/served-by}/.github/workflows/release.yml@refs/tags/v$version
\`\`\`
END
