import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Measurement } from './comparison.ts'
import { root, servedBy } from './programs.ts'

/** Bytes; the tests of the bundle enforce it. */
const budget = 500_000

/** The bundle against its budget. */
export const size: Measurement = () => {
  const bytes = statSync(join(root, 'dist/server.mjs')).size
  return Promise.resolve([
    {
      measure: 'Size of server.mjs',
      unit: 'kB',
      ours: { program: servedBy.name, values: [bytes / 1000] },
      theirs: { program: 'budget', values: [budget / 1000] },
      goal: { atMost: 1 },
    },
  ])
}
