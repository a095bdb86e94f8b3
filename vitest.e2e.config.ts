import { defineConfig } from 'vitest/config'

/** The streams of events, the probe and the page against real balancers: `npm run e2e`. It needs programs that `npm ci` does not bring. */
export default defineConfig({
  test: {
    include: [
      'test/adapters/node/events.e2e.ts',
      'test/probe/balancers/**/*.e2e.ts',
      'test/probe/rollout/**/*.e2e.ts',
      'test/ui/**/*.e2e.ts',
    ],
    globalSetup: [
      'test/build-page.ts',
      'test/compile-cache.ts',
      'test/probe/balancers/requirements.ts',
    ],
    deps: { interopDefault: false },
    // One at a time: a machine that is busy with another test is a disturbed measurement.
    fileParallelism: false,
    // For hangs only: no test is about how long something takes.
    testTimeout: 120_000,
  },
})
