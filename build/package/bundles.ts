import type { BuildOptions, Plugin } from 'esbuild'
import { lazyBuiltins } from '../builtins.ts'

/** The two programs lie beside the command that starts them, as files of their own. */
const programs: Plugin = {
  name: 'programs',
  setup(build) {
    const beside = (path: string) => () => ({ path, external: true })
    build.onResolve({ filter: /^\.\/adapters\/node\/main\.ts$/ }, beside('./server.mjs'))
    build.onResolve({ filter: /^\.\/probe\/main\.ts$/ }, beside('./probe.mjs'))
  },
}

const node = { platform: 'node', target: 'node24', plugins: [lazyBuiltins] } satisfies BuildOptions

/** No file of the package is where its runtime starts, so none of them starts anything. */
const library = { define: { 'import.meta.main': 'false' } } satisfies BuildOptions

/** What can be imported from the package, by the name after `served-by/`. */
export const entries: Readonly<Record<string, string>> = {
  handler: 'build/package/handler.ts',
  node: 'src/adapters/node/serve.ts',
  bun: 'src/adapters/bun.ts',
  deno: 'src/adapters/deno.ts',
}

/** What the npm package holds besides the two programs of build/bundles.ts. */
export const packageBundles: readonly BuildOptions[] = [
  { entryPoints: { cli: 'src/cli.ts' }, platform: 'node', target: 'node18', plugins: [programs] },
  { entryPoints: { handler: entries['handler'] ?? '' }, platform: 'browser', target: 'es2024' },
  ...['node', 'bun', 'deno'].map((name) => ({
    ...node,
    ...library,
    entryPoints: { [name]: entries[name] ?? '' },
  })),
]
