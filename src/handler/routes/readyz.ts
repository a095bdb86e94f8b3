import { json } from '../answer.ts'
import type { Sickness } from '../faults/sickness.ts'
import { problem } from '../problem.ts'
import type { Route } from '../router.ts'

/** Readiness: whether a balancer should send new traffic here. */
export function readyz(sickness: Sickness): Route {
  return ({ state }) => {
    if (state === 'ready' && !sickness.symptoms?.unready) return json({ status: state })
    const reason = state === 'ready' ? 'made unready by POST /faults' : state
    return problem(503, `This replica is ${reason}: send traffic to another one.`)
  }
}
