import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { packageBundles } from '../../build/package/bundles.ts'
import { packageManifest } from '../../build/package/manifest.ts'
import { readMetafile } from '../../build/metafile.ts'

describe('the npm package', () => {
  const manifest = packageManifest('owner/served-by')

  test('is public, of this version, and installs nothing besides', () => {
    expect(manifest).toMatchObject({ name: 'served-by', version: packageJson.version })
    const fields = ['private', 'dependencies', 'optionalDependencies', 'scripts']
    for (const field of fields) expect(manifest).not.toHaveProperty(field)
  })

  test("names its repository where npm's provenance asks for it", () => {
    const url = 'git+https://github.com/owner/served-by.git'
    expect(manifest).toMatchObject({ repository: { url } })
    expect(packageManifest(undefined)).not.toHaveProperty('repository')
  })

  test('its command parses on Node 18 and is all that it loads at once', async () => {
    const [cli] = packageBundles
    const { outputFiles } = await build({
      ...cli,
      bundle: true,
      format: 'esm',
      write: false,
      outdir: 'dist',
    })
    const [file] = outputFiles
    expect(file?.text).toMatch(/^#!\/usr\/bin\/env node\n/)
    expect(file?.text.match(/^import /m)).toBeNull()
    expect(file?.text.match(/import\("[^"]+"\)/g)).toEqual([
      'import("./probe.mjs")',
      'import("./server.mjs")',
    ])
  })

  test.each(packageBundles.slice(2))('$entryPoints brings no route of ours', async (bundle) => {
    const { inputs } = await readMetafile(bundle)
    expect(Object.keys(inputs).filter((path) => path.includes('/routes/'))).toEqual([])
  })

  test.each(packageBundles.slice(1))('$entryPoints loads no logger', async (bundle) => {
    const { inputs } = await readMetafile(bundle)
    expect(
      Object.keys(inputs).filter((path) => /node_modules\/(pino|prom-client)/.test(path)),
    ).toEqual([])
  })
})
