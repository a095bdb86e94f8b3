import type { BuildOptions } from 'esbuild'
import { lazyBuiltins } from './builtins.ts'

/** For the pinned Node. */
const node26 = {
  platform: 'node',
  target: 'node26',
  plugins: [lazyBuiltins],
} satisfies BuildOptions

/** What is built: each bundle is one ESM file that needs nothing but its runtime. */
export const bundles: readonly BuildOptions[] = [
  { entryPoints: { server: 'src/adapters/node/main.ts' }, ...node26 },
  { entryPoints: { probe: 'src/probe/main.ts' }, ...node26 },
  {
    entryPoints: { worker: 'src/adapters/cloudflare.ts' },
    // An import of one of Node's own modules fails the build.
    platform: 'browser',
    conditions: ['workerd'],
    target: 'es2024',
  },
  {
    entryPoints: { lambda: 'src/adapters/lambda/lambda.ts' },
    platform: 'node',
    target: 'node24',
  },
]
