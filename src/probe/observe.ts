import type { Observation, Outcome } from '../measure/observation.ts'
import { outcomeOf } from './failure.ts'
import type { Identify } from './identify/identify.ts'
import type { Exchange } from './transport/exchange.ts'

const firstServerError = 500

function outcome({ answer, error }: Exchange, identified: boolean): Outcome {
  if (error) return outcomeOf(error)
  if (!answer) return 'other'
  if (answer.status < firstServerError) return 'answered'
  return identified ? 'replica-error' : 'proxy-error'
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
    replica: identity?.replica,
    boot: identity?.boot,
    n: identity?.n,
    draining: identity?.draining,
    version: identity?.version,
    timestamp: identity?.timestamp,
  }
}
