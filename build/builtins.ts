import { builtinModules } from 'node:module'
import type { Plugin } from 'esbuild'

/**
 * Loads each of Node's own modules when something of it is first used. An `import` reads all that a
 * module exports, and so even `node:http` loads a whole HTTP client, for its `WebSocket`; and most of
 * what the packages in a bundle require is for what they are not used for here (docs/performance.md).
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy builtins',
  setup(build) {
    const names = builtinModules.map((name) => name.replace(/^node:/, ''))
    const filter = new RegExp(`^(node:)?(${[...new Set(names)].join('|')})$`)
    build.onResolve({ filter }, ({ path }) => ({
      path: path.replace(/^(node:)?/, 'node:'),
      namespace: 'builtin',
    }))
    build.onLoad({ filter: /^/, namespace: 'builtin' }, ({ path }) => ({ contents: lazy(path) }))
  },
}

/** The source of a CommonJS module with the exports of one of Node's own. */
function lazy(name: string): string {
  const load = `process.getBuiltinModule(${JSON.stringify(name)})`
  const builtin: unknown = process.getBuiltinModule(name)
  // A function, such as `events`, cannot be put together from its properties.
  if (typeof builtin !== 'object' || builtin === null) return `module.exports = ${load}`
  return `for (const name of ${JSON.stringify(Object.keys(builtin))})
    Object.defineProperty(exports, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = ${load}[name]
        // To ask again would take longer than what most of them do.
        Object.defineProperty(exports, name, { enumerable: true, value })
        return value
      },
    })`
}
