// npm run sbom: what is in each bundle, as CycloneDX documents in dist/.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundles } from './bundles.ts'
import { readMetafile, root } from './metafile.ts'

const work = mkdtempSync(join(tmpdir(), 'sbom-'))
mkdirSync(join(root, 'dist'), { recursive: true })
for (const bundle of bundles) {
  const [name = ''] = Object.keys(bundle.entryPoints ?? {})
  const input = join(work, `${name}.json`)
  writeFileSync(input, JSON.stringify(await readMetafile(bundle)))
  const output = join('dist', `${name}.cdx.json`)
  const args = ['--output-reproducible', '--output-file', output, input]
  execFileSync('cyclonedx-esbuild', args, { cwd: root, stdio: 'inherit' })
}
rmSync(work, { recursive: true })
