import { fileURLToPath } from 'node:url'
import { build, type BuildOptions, type Metafile } from 'esbuild'
import { writePage } from './page.ts'

/** The project's root. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** What goes into a bundle, without writing it; of the live page, what that was made of. */
export async function readMetafile(bundle: BuildOptions): Promise<Metafile> {
  const page = writePage()
  const common = { absWorkingDir: root, bundle: true, format: 'esm', outdir: 'dist' } as const
  const { metafile } = await build({ ...common, ...bundle, metafile: true, write: false })
  if ('dist/page.js' in metafile.inputs) Object.assign(metafile.inputs, page.inputs)
  return metafile
}
