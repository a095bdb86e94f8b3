import { amount, duration } from '../../measure/sentences/words.ts'
import { deadAddresses } from './findings.ts'
import type { Report } from './report.ts'
import { decideRollout } from './rollout.ts'

/** The first line of a report: whether to act, and why. */
export function decisionOf(report: Report): string {
  const { runs, verdicts } = report
  const own = runs.find(({ ownFailure }) => ownFailure !== undefined)?.ownFailure
  if (own !== undefined) return `Not measured to the end: ${own}`
  if (verdicts.failures.requests === 0) {
    const [waiting] = runs.map(({ inFlight }) => inFlight).filter(({ requests }) => requests > 0)
    return waiting
      ? `Cannot tell: no request has ended; ${amount(waiting.requests, 'request')} in flight, for ${duration(waiting.waited)} at most.`
      : 'Cannot tell: it was ended before the first request.'
  }
  if (report.rollout) return decideRollout(report.rollout, verdicts.failures)
  const { sentence, verdict } = verdicts.decision
  const dead = deadAddresses(report)
  if (dead.length === 0) return sentence
  const told = `${dead.length} of the target's addresses cannot be reached.`
  return verdict === 'fine'
    ? `Not fine: ${told} Otherwise f${sentence.slice(1)}`
    : `${sentence} ${told}`
}

/** Whether there is nothing to act on. */
export function isFine(report: Report): boolean {
  return decisionOf(report).startsWith('Fine')
}
