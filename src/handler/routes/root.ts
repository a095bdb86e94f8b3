import { json } from '../answer.ts'
import type { Route } from '../router.ts'

/** Which replica answered, and when. */
export const root: Route = (replica) =>
  json({ timestamp: replica.now(), hostname: replica.hostname })
