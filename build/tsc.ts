/** Runs the `tsc` of TypeScript 7. The one on the path is that of 6, which the linter is built on. */
await import(new URL('bin/tsc', import.meta.resolve('typescript-7/package.json')).href)
