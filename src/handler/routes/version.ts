import { json } from '../answer.ts'
import type { Route } from '../router.ts'

/** What runs here: version, commit, runtime. */
export const version: Route = ({ build, runtime }) => json({ ...build, runtime })
