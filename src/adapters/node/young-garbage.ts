import { setFlagsFromString } from 'node:v8'

/**
 * Tells V8 to make every object in the young generation. Otherwise a burst of new connections, whose
 * objects all survive, teaches it to make such objects in the old one, where those of requests that are
 * over keep the rest alive (docs/performance.md). Call it once the server listens: given as an option,
 * Node would not use its own compiled code, and start later.
 */
export function keepGarbageYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}
