import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build, type BuildOptions } from 'esbuild'
import packageJson from '../package.json' with { type: 'json' }
import { readCommit } from './commit.ts'
import { licenceNotices } from './licences.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { outdir: { type: 'string', default: 'dist' } } })

/** One ESM file that needs nothing but Node, and its source map. */
const options = {
  absWorkingDir: root,
  entryPoints: { server: 'src/adapters/node/main.ts' },
  outdir: values.outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node26',
  minify: true,
  sourcemap: true,
  legalComments: 'none',
  define: {
    SERVED_BY_VERSION: JSON.stringify(packageJson.version),
    SERVED_BY_COMMIT: JSON.stringify(readCommit(root)),
  },
  banner: {
    // The CommonJS packages in the bundle call require() for Node's own modules.
    js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
  },
} satisfies BuildOptions

// The first pass only tells what goes into the bundle, and so whose notices it must carry.
const { metafile } = await build({ ...options, metafile: true, write: false })
const notices = licenceNotices(root, Object.keys(metafile.inputs))
await build({ ...options, footer: { js: notices }, logLevel: 'info' })
