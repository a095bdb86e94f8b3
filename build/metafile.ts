import { fileURLToPath } from 'node:url'
import { build, type BuildOptions, type Metafile } from 'esbuild'

/** The project's root. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** What goes into a bundle, without writing it. */
export async function readMetafile(bundle: BuildOptions): Promise<Metafile> {
  const common = { absWorkingDir: root, bundle: true, format: 'esm', outdir: 'dist' } as const
  return (await build({ ...common, ...bundle, metafile: true, write: false })).metafile
}
