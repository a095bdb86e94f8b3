import { parseArgs } from 'node:util'
import { bundles } from './bundles.ts'
import { writeBundle } from './write-bundle.ts'

const { values } = parseArgs({ options: { outdir: { type: 'string', default: 'dist' } } })

for (const bundle of bundles) await writeBundle(bundle, values.outdir)
