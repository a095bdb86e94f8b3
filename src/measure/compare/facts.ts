import { judgeOrder } from '../order/order.ts'
import { judge as judgeVersions } from '../replicas/versions.ts'
import type { Tally } from '../tally.ts'
import { judge as judgePace } from '../times/pace.ts'

/** What is told of both runs without a judgement: that it differs may be what was intended. */
export interface Facts {
  /** Names of the replicas that answered, sorted. */
  replicas: string[]
  /** Versions that answered, in the order of their first answer. */
  versions: string[]
  /** How the balancer chooses: a verdict on the order. */
  order: string
  /** Requests per second that had ended. */
  rate: number
}

export function factsOf(tally: Tally): Facts {
  return {
    replicas: [...tally.latency.replicas.keys()].sort((a, b) => a.localeCompare(b)),
    versions: judgeVersions(tally.versions).versions.map(({ version }) => version),
    order: judgeOrder(tally).verdict,
    rate: judgePace(tally.pace).ended,
  }
}
