import { json } from '../answer.ts'
import { problem } from '../problem.ts'
import type { Route } from '../router.ts'

/** Readiness: whether a balancer should send new traffic here. */
export const readyz: Route = ({ state }) =>
  state === 'ready'
    ? json({ status: state })
    : problem(503, `This replica is ${state}: send traffic to another one.`)
