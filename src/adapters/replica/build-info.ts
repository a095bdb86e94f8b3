import type { Build } from '../../handler/replica.ts'

// The bundler replaces these two; a run from source has neither.
declare const SERVED_BY_VERSION: string | undefined
declare const SERVED_BY_COMMIT: string | undefined

/** What was built, as the bundler baked it in. */
export const buildInfo: Build = {
  version: typeof SERVED_BY_VERSION === 'undefined' ? '0.0.0-source' : SERVED_BY_VERSION,
  commit: typeof SERVED_BY_COMMIT === 'undefined' ? 'unknown' : SERVED_BY_COMMIT,
}
