import packageJson from '../../package.json' with { type: 'json' }
import { entries } from './bundles.ts'

/**
 * The package.json of the npm package. Not the project's own: that one has what it takes to build,
 * the pinned Node among it, and here nothing is to be installed besides.
 * @param repository owner and name on GitHub, as npm's provenance asks for them
 */
export function packageManifest(repository: string | undefined): Record<string, unknown> {
  const { name, version, description, license } = packageJson
  const exports = Object.fromEntries(
    Object.keys(entries).map((entry) => [
      `./${entry}`,
      { types: `./${entry}.d.mts`, default: `./${entry}.mjs` },
    ]),
  )
  return {
    name,
    version,
    description,
    license,
    keywords: ['load-balancer', 'ingress', 'kubernetes', 'replica', 'probe', 'rollout'],
    ...(repository && {
      repository: { type: 'git', url: `git+https://github.com/${repository}.git` },
    }),
    type: 'module',
    bin: { 'served-by': 'cli.mjs' },
    exports: { ...exports, './package.json': './package.json' },
    files: ['*.mjs', '*.d.mts'],
    engines: { node: '>=24' },
    sideEffects: ['./cli.mjs', './server.mjs', './probe.mjs'],
  }
}
