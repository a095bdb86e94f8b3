// make release VERSION=0.2.0: writes the version everywhere, dates the changelog, commits and tags.
// It pushes nothing: that is the last step, and what .github/workflows/release.yml waits for.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import packageJson from '../../package.json' with { type: 'json' }
import { releasedChangelog } from './changelog.ts'
import { withVersion } from './places.ts'

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()

/** Reads x.y.z as numbers. */
function parse(version: string): number[] {
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(`VERSION=${version} is no version: use three numbers, such as VERSION=0.2.0.`)
  return version.split('.').map(Number)
}

function isGreater(version: string, than: string): boolean {
  const [left, right] = [parse(version), parse(than)]
  const at = left.findIndex((number, i) => number !== right[i])
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0)
}

/** Says what keeps a release from being made. */
function check(version: string): void {
  if (!isGreater(version, packageJson.version))
    throw new Error(`VERSION=${version} is not greater than ${packageJson.version}, the last one.`)
  if (git('status', '--porcelain') !== '')
    throw new Error('Some changes are not committed: commit them or put them away (git stash).')
  if (git('tag', '--list', `v${version}`) !== '')
    throw new Error(`The tag v${version} is there already: choose another VERSION.`)
}

function release(version: string): void {
  check(version)
  const date = new Date().toISOString().slice(0, 10)
  const changelog = releasedChangelog(readFileSync('CHANGELOG.md', 'utf8'), version, date)

  execFileSync('npm', ['version', version, '--no-git-tag-version'], { stdio: 'ignore' })
  const rest = [':!CHANGELOG.md', ':!*package-lock.json', ':!test']
  for (const file of git('grep', '-Il', '', ...rest).split('\n')) {
    const text = readFileSync(file, 'utf8')
    const changed = withVersion(text, version)
    if (changed !== text) writeFileSync(file, changed)
  }
  writeFileSync('CHANGELOG.md', changelog)

  git('commit', '--quiet', '--all', '--message', `Release ${version}`)
  git('tag', '--annotate', `v${version}`, '--message', `Release ${version}`)
  process.stdout.write(
    `${git('show', '--stat', '--format=%h %s', 'HEAD')}\n\n` +
      `Tagged v${version}. To publish it: git push --follow-tags\n` +
      `To take it back before that: git tag --delete v${version} && git reset --hard HEAD~1\n`,
  )
}

try {
  release(process.argv[2] ?? '')
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exitCode = 1
}
