import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import lockfile from '../../package-lock.json' with { type: 'json' }
import packageJson from '../../package.json' with { type: 'json' }
import { releasedChangelog } from '../../build/release/changelog.ts'
import { versionsIn, withVersion } from '../../build/release/places.ts'

/** What may hold any version: others' ones, what was, and tests of made-up ones. */
const apart = [
  'node_modules',
  '.git',
  'dist',
  '.run',
  'coverage',
  'test',
  'package.json',
  'CHANGELOG.md',
]

/** All text of the project that a release has to go through. */
const files = globSync('{**/*,.ci/**/*,.github/**/*}', { exclude: isApart, withFileTypes: true })
  .filter((entry) => entry.isFile() && !isApart(entry) && !/\.(png|ico)$/.test(entry.name))
  .map((entry) => ({ path: `${entry.parentPath}/${entry.name}` }))

function isApart({ name }: { readonly name: string }): boolean {
  return apart.includes(name) || name.endsWith('package-lock.json')
}

describe('the version', () => {
  test('stands in more than one place, the manifest of the cluster among them', () => {
    const places = files.flatMap(({ path }) => versionsIn(readFileSync(path, 'utf8')))
    expect(places.length).toBeGreaterThan(10)
    expect(versionsIn(readFileSync('k8s.yaml', 'utf8'))).toContain(packageJson.version)
  })

  test('is the same in the lockfile', () => {
    expect([lockfile.version, lockfile.packages[''].version]).toEqual([
      packageJson.version,
      packageJson.version,
    ])
  })

  test.each(files)('is the same in $path, and a release leaves none behind', ({ path }) => {
    const text = readFileSync(path, 'utf8')
    expect([...new Set(versionsIn(text))]).toEqual(
      versionsIn(text).length > 0 ? [packageJson.version] : [],
    )
    const number = packageJson.version.replaceAll('.', '\\.')
    // An example of a version is none of ours: VERSION=0.2.0, v="0.2.0", newTag: 0.2.0.
    const old = new RegExp(
      `^.*(?<!VERSION=|newTag: |v="|[\\d.(\x60]v?)${number}(?![\\d.]).*$`,
      'gm',
    )
    // Write it in one of the ways that build/release/places.ts knows, or add a way there.
    expect(withVersion(text, '999.99.9').match(old) ?? []).toEqual([])
  })
})

test.each([
  { text: "app.kubernetes.io/version: '0.1.0'", after: "app.kubernetes.io/version: '7.8.9'" },
  { text: 'image: ghcr.io/o/served-by:0.1.0', after: 'image: ghcr.io/o/served-by:7.8.9' },
  { text: 'image: served-by-probe:0.1.0', after: 'image: served-by-probe:7.8.9' },
  { text: 'npx served-by@0.1.0', after: 'npx served-by@7.8.9' },
  { text: 'uses: OWNER/served-by@v0.1.0', after: 'uses: OWNER/served-by@v7.8.9' },
  { text: 'a release of Gateway API 0.1.0', after: 'a release of Gateway API 0.1.0' },
  { text: 'served-by:0.1.0-rc.1', after: 'served-by:0.1.0-rc.1' },
  { text: 'served-by:0.1.0.5', after: 'served-by:0.1.0.5' },
])('$text becomes $after', ({ text, after }) => {
  expect(withVersion(text, '7.8.9')).toBe(after)
})

describe('the changelog', () => {
  const before = '# Changelog\n\n## Unreleased\n\n- One.\n\n## 0.1.0 - 2026-11-01\n\n- First.\n'

  test('gets a dated heading under an empty "Unreleased"', () => {
    expect(releasedChangelog(before, '0.2.0', '2026-11-26')).toBe(
      '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-11-26\n\n- One.\n\n## 0.1.0 - 2026-11-01\n\n- First.\n',
    )
  })

  test('must have something to say', () => {
    const empty = before.replace('- One.\n\n', '')
    expect(() => releasedChangelog(empty, '0.2.0', '2026-11-26')).toThrow('says nothing under')
    expect(() => releasedChangelog('# Changelog\n', '0.2.0', '2026-11-26')).toThrow('no heading')
  })
})
