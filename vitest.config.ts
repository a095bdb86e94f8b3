import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-page.ts', 'test/compile-cache.ts'],
    // Vitest would leave one core idle, which is half of a small machine; the tests wait a lot for servers.
    maxWorkers: '100%',
    // For hangs only: no test is about how long something takes.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // CommonJS packages are imported just as Node imports them.
    deps: { interopDefault: false },
    // They import JSON in a way that only bundlers take.
    server: { deps: { inline: [/@actions\//] } },
  },
})
