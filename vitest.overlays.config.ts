import { defineConfig } from 'vitest/config'

/** The overlays, put together by the real kubectl: `npm run overlays`. `npm ci` does not bring it. */
export default defineConfig({
  test: {
    include: ['test/k8s/**/*.e2e.ts'],
    // CommonJS packages are imported just as Node imports them.
    deps: { interopDefault: false },
    // For hangs only: no test is about how long something takes.
    testTimeout: 60_000,
  },
})
