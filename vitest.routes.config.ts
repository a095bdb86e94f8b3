import { defineConfig } from 'vitest/config'

/** Hostile requests to the routes, and a real browser before them: `npm run routes`. It needs Chromium. */
export default defineConfig({
  test: {
    include: ['test/adapters/node/security/**/*.e2e.ts'],
    deps: { interopDefault: false },
    fileParallelism: false,
    // For hangs only: no test is about how long something takes.
    testTimeout: 900_000,
  },
})
