import type { Observation, Outcome } from '../measure/observation.ts'
import { outcomeOf } from './failure.ts'
import type { Identify } from './identify/identify.ts'
import type { Exchange } from './transport/exchange.ts'

const firstServerError = 500
const firstClientError = 400
const firstRedirect = 300
const firstSuccess = 200

function outcome({ answer, error }: Exchange, identified: boolean): Outcome {
  if (error) return outcomeOf(error)
  if (!answer) return 'other'
  const { status } = answer
  if (status >= firstServerError) return identified ? 'replica-error' : 'proxy-error'
  if (status >= firstClientError) return 'client-error'
  if (status >= firstRedirect) return 'redirect'
  return status >= firstSuccess ? 'answered' : 'unexpected'
}

/**
 * What an exchange is to the arithmetic: one observation of who answered, when and how. Every field
 * is set, because this runs for each request and objects of one shape are what engines like.
 */
export function toObservation(exchange: Exchange, identify: Identify): Observation {
  const { mode, index, due, sent, written, done, connection, answer } = exchange
  const identity = answer && identify(answer)
  return {
    mode,
    index,
    due,
    sent,
    written,
    done,
    connection,
    outcome: outcome(exchange, identity !== undefined),
    status: answer?.status,
    location: answer?.headers.location,
    replica: identity?.replica,
    boot: identity?.boot,
    n: identity?.n,
    draining: identity?.draining,
    version: identity?.version,
    timestamp: identity?.timestamp,
  }
}
