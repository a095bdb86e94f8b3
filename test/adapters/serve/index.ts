import { bodies } from './bodies.ts'
import type { ServeCase } from './case.ts'
import { draining } from './drain.ts'
import { failures } from './failures.ts'
import { framing } from './framing.ts'
import { streams } from './streams.ts'

/** What `serve` makes of any handler, by subject. */
export const serving: Readonly<Record<string, readonly ServeCase[]>> = {
  'Requests and responses': bodies,
  Framing: framing,
  Streams: streams,
  Failures: failures,
  Drain: draining,
}
