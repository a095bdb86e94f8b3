import { build, type BuildOptions } from 'esbuild'
import packageJson from '../package.json' with { type: 'json' }
import { isRelease, readCommit } from './commit.ts'
import { largestModules } from './largest-modules.ts'
import { licenceNotices } from './licences.ts'
import { readMetafile, root } from './metafile.ts'

/** What all bundles have in common; beside each lies its source map. */
const common = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  minify: true,
  sourcemap: true,
  legalComments: 'none',
} satisfies BuildOptions

/** Writes a bundle into a folder, and says how large it is and why. */
export async function writeBundle(bundle: BuildOptions, outdir: string): Promise<void> {
  // The first pass only tells what goes into the bundle, and so whose notices it must carry.
  const metafile = await readMetafile(bundle)
  const define = {
    ...bundle.define,
    SERVED_BY_VERSION: JSON.stringify(packageJson.version),
    SERVED_BY_COMMIT: JSON.stringify(readCommit(root)),
    SERVED_BY_RELEASE: JSON.stringify(isRelease(root, packageJson.version)),
  }
  const footer = { js: licenceNotices(root, Object.keys(metafile.inputs)) }
  await build({ ...common, ...bundle, outdir, define, footer, logLevel: 'info' })
  process.stdout.write(largestModules(metafile))
}
