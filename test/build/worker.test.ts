import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { bundles } from '../../build/bundles.ts'

const worker = bundles.find(({ entryPoints }) => JSON.stringify(entryPoints).includes('worker'))
const { metafile } = await build({
  ...worker,
  bundle: true,
  format: 'esm',
  outdir: 'dist',
  metafile: true,
  write: false,
})

describe("the Worker's bundle", () => {
  test('is one file that imports nothing', () => {
    const [output, ...others] = Object.values(metafile.outputs)
    expect(others).toEqual([])
    expect(output?.imports).toEqual([])
  })

  test('has no Node-only code', () => {
    const ours = Object.keys(metafile.inputs).filter((path) => path.startsWith('src/'))
    expect(ours).toContain('src/handler/index.ts')
    expect(ours.filter((path) => path.startsWith('src/adapters/node/'))).toEqual([])
    const packages = Object.keys(metafile.inputs).flatMap(
      (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    )
    expect([...new Set(packages)].sort()).toEqual([
      '@noble/hashes',
      'content-type',
      'negotiator',
      'structured-headers',
      'valibot',
    ])
  })
})
