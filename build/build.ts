import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build, type BuildOptions } from 'esbuild'
import packageJson from '../package.json' with { type: 'json' }
import { bundles } from './bundles.ts'
import { isRelease, readCommit } from './commit.ts'
import { largestModules } from './largest-modules.ts'
import { licenceNotices } from './licences.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { outdir: { type: 'string', default: 'dist' } } })

/** What all bundles have in common; beside each lies its source map. */
const common = {
  absWorkingDir: root,
  outdir: values.outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  minify: true,
  sourcemap: true,
  legalComments: 'none',
  define: {
    SERVED_BY_VERSION: JSON.stringify(packageJson.version),
    SERVED_BY_COMMIT: JSON.stringify(readCommit(root)),
    SERVED_BY_RELEASE: JSON.stringify(isRelease(root, packageJson.version)),
  },
} satisfies BuildOptions

for (const bundle of bundles) {
  const options = { ...common, ...bundle }
  // The first pass only tells what goes into the bundle, and so whose notices it must carry.
  const { metafile } = await build({ ...options, metafile: true, write: false })
  const notices = licenceNotices(root, Object.keys(metafile.inputs))
  await build({ ...options, footer: { js: notices }, logLevel: 'info' })
  process.stdout.write(largestModules(metafile))
}
