// make pack: the npm package, as a folder and as a tarball that anybody can install.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateDtsBundle } from 'dts-bundle-generator'
import { bundles } from '../bundles.ts'
import { root } from '../metafile.ts'
import { writeBundle } from '../write-bundle.ts'
import { entries, packageBundles } from './bundles.ts'
import { packageManifest } from './manifest.ts'

const dist = join(root, 'dist')
const folder = join(dist, 'package')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const programs = bundles.filter(({ platform, entryPoints }) => {
  const [name] = Object.keys(entryPoints ?? {})
  return platform === 'node' && name !== 'lambda'
})
for (const bundle of [...programs, ...packageBundles])
  await writeBundle({ ...bundle, sourcemap: false }, folder)

// From one program, so that the types are checked once.
const names = Object.keys(entries)
const types = generateDtsBundle(
  names.map((name) => ({ filePath: join(root, entries[name] ?? '') })),
  { preferredConfigPath: join(root, 'tsconfig.json') },
)
for (const [i, name] of names.entries())
  writeFileSync(join(folder, `${name}.d.mts`), types[i] ?? '')

const manifest = packageManifest(process.env['GITHUB_REPOSITORY'])
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md'])
  cpSync(join(root, file), join(folder, file))

const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', dist, folder], {
  encoding: 'utf8',
})
renameSync(join(dist, packed.trim()), join(dist, 'served-by.tgz'))
process.stdout.write('dist/served-by.tgz\n')
