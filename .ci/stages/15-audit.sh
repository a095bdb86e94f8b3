#!/usr/bin/env bash
# What is shipped: its licences are allowed ones, and its SBOM names what is in the bundle.
. "$(dirname "$0")/../assert.sh"

.ci/packages.sh jq
make audit

echo '--- the SBOM'
ENGINE=local build/npm.sh run sbom
for bundle in server probe worker lambda; do
  expect "the format of $bundle's" "$(jq --raw-output .bomFormat "dist/$bundle.cdx.json")" CycloneDX
done
names=$(jq --raw-output '.components[].name' dist/server.cdx.json)
grep -qx pino <<<"$names" || fail 'the SBOM of the server does not name pino'
! grep -qx vitest <<<"$names" || fail 'the SBOM of the server names vitest, which is not in it'
