import { defineConfig } from 'vitest/config'
import endToEnd from './vitest.e2e.config.ts'

/** The pictures of the page in docs/images: `make screenshots`. */
export default defineConfig({
  ...endToEnd,
  test: { ...endToEnd.test, include: ['test/ui/screenshots.ts'] },
})
