import { execFileSync } from 'node:child_process'

/**
 * The commit that is built, with `-dirty` behind it if tracked files differ from it. The variable
 * COMMIT says it where there is no repository, as in an image build.
 */
export function readCommit(root: string): string {
  const given = process.env['COMMIT']
  if (given) return given
  try {
    return git(root, 'rev-parse', '--short=12', 'HEAD') + (isClean(root) ? '' : '-dirty')
  } catch {
    return 'unknown'
  }
}

/**
 * Whether what is built is this version as released: the commit that carries its tag (`v0.2.0`), with
 * nothing changed. The variable RELEASE says it (`true`) where there is no repository.
 */
export function isRelease(root: string, version: string): boolean {
  const given = process.env['RELEASE']
  if (given) return given === 'true'
  try {
    const tags = git(root, 'tag', '--points-at', 'HEAD').split('\n')
    return tags.includes(`v${version}`) && isClean(root)
  } catch {
    return false
  }
}

function isClean(root: string): boolean {
  return git(root, 'status', '--porcelain', '--untracked-files=no') === ''
}

function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
}
