import { execFileSync } from 'node:child_process'

/**
 * The commit that is built, with `-dirty` behind it if tracked files differ from it. The variable
 * COMMIT says it where there is no repository, as in an image build.
 */
export function readCommit(root: string): string {
  const given = process.env['COMMIT']
  if (given) return given
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
  try {
    const dirty = git('status', '--porcelain', '--untracked-files=no') !== ''
    return git('rev-parse', '--short=12', 'HEAD') + (dirty ? '-dirty' : '')
  } catch {
    return 'unknown'
  }
}
