import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './test/slowest-first.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-page.ts', 'test/compile-cache.ts'],
    // Two for each core: the tests wait a lot for servers.
    maxWorkers: 2 * availableParallelism(),
    sequence: { sequencer: SlowestFirst },
    // For hangs only: no test is about how long something takes.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // CommonJS packages are imported just as Node imports them.
    deps: { interopDefault: false },
    // They import JSON in a way that only bundlers take.
    server: { deps: { inline: [/@actions\//] } },
  },
})
