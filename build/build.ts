import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { analyzeMetafile, build } from 'esbuild'
import packageJson from '../package.json' with { type: 'json' }
import { licenceNotices } from './licences.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The commit that is built: from the environment where there is no repository, as in an image. */
function readCommit(): string {
  const given = process.env['COMMIT']
  if (given) return given
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== ''
    return git('rev-parse', '--short=12', 'HEAD') + (changed ? '-dirty' : '')
  } catch {
    return 'unknown'
  }
}

const { values } = parseArgs({ options: { outdir: { type: 'string', default: 'dist' } } })

const result = await build({
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
  metafile: true,
  write: false,
  define: {
    SERVED_BY_VERSION: JSON.stringify(packageJson.version),
    SERVED_BY_COMMIT: JSON.stringify(readCommit()),
  },
  banner: {
    // Bundled CommonJS packages call require() for Node's own modules.
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
})
