import { json } from '../answer.ts'
import type { Route } from '../router.ts'

/** What runs here: version, commit, runtime. */
export const version: Route = ({ build: { version, commit }, runtime }) =>
  json({ version, commit, runtime })
