import type { Build } from '../../handler/replica.ts'

// The bundler replaces these; a run from source has none of them.
declare const SERVED_BY_VERSION: string | undefined
declare const SERVED_BY_COMMIT: string | undefined
declare const SERVED_BY_RELEASE: boolean | undefined

/** What was built, as the bundler baked it in. */
export const buildInfo: Build = {
  version: typeof SERVED_BY_VERSION === 'undefined' ? '0.0.0' : SERVED_BY_VERSION,
  commit: typeof SERVED_BY_COMMIT === 'undefined' ? 'source' : SERVED_BY_COMMIT,
  release: typeof SERVED_BY_RELEASE === 'undefined' ? false : SERVED_BY_RELEASE,
}
