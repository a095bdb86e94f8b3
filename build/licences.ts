import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

const manifest = v.object({ name: v.string(), version: v.string(), license: v.string() })

/** A package of which something is in a bundle. */
export interface ShippedPackage extends v.InferOutput<typeof manifest> {
  readonly folder: string
}

/**
 * The packages in a bundle, sorted by their folders.
 * @param inputs the bundle's source files, relative to `root`
 */
export function shippedPackages(root: string, inputs: readonly string[]): ShippedPackage[] {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [])
  return [...new Set(folders)].sort().map((folder) => {
    const text = readFileSync(join(root, folder, 'package.json'), 'utf8')
    return { folder, ...v.parse(manifest, JSON.parse(text)) }
  })
}

/**
 * The licence notices of all packages in a bundle, as one comment: their licences ask for it. A
 * package that ships no licence text is named with its licence.
 * @param inputs the bundle's source files, relative to `root`
 */
export function licenceNotices(root: string, inputs: readonly string[]): string {
  const notices = shippedPackages(root, inputs).map(({ folder, name, version, license }) => {
    const [file] = globSync('{LICEN[CS]E,licen[cs]e}*', { cwd: join(root, folder) })
    const text = file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8').trim()
    return `${name} ${version}, licence ${license}\n\n${text}`
  })
  return `/*!\n${notices.join('\n\n').replaceAll('*/', '* /')}\n*/`
}
