import { json } from '../answer.ts'
import type { Route } from '../router.ts'

/** Liveness: 200 while the process can answer, draining included, so that no drain is cut short. */
export const livez: Route = () => json({ status: 'alive' })
