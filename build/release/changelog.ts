/** The heading under which a change is noted until it is released. */
const unreleased = '## Unreleased\n'

/**
 * CHANGELOG.md with what was unreleased under a heading of its own.
 * @param date as in 2026-11-26
 * @throws Error if nothing stands under "Unreleased"
 */
export function releasedChangelog(text: string, version: string, date: string): string {
  const [before, after] = text.split(unreleased)
  if (before === undefined || after === undefined)
    throw new Error('CHANGELOG.md has no heading "## Unreleased": add it above the last release.')
  const [notes = ''] = after.split(/^## /m)
  if (notes.trim() === '')
    throw new Error('CHANGELOG.md says nothing under "## Unreleased": note there what has changed.')
  return `${before}${unreleased}\n## ${version} - ${date}\n${after}`
}
