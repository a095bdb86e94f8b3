import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

const manifest = v.object({ name: v.string(), version: v.string(), license: v.string() })

/**
 * The licence notices of all packages in a bundle, as one comment: their licences ask for it. A
 * package that ships no licence text is named with its licence.
 * @param inputs the bundle's source files, relative to `root`
 */
export function licenceNotices(root: string, inputs: readonly string[]): string {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [])
  const notices = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = v.parse(
      manifest,
      JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
    )
    const [file] = globSync('{LICEN[CS]E,licen[cs]e}*', { cwd: join(root, folder) })
    const text = file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8').trim()
    return `${name} ${version}, licence ${license}\n\n${text}`
  })
  return `/*!\n${notices.join('\n\n').replaceAll('*/', '* /')}\n*/`
}
