import { exitCodes } from '../exit-codes.ts'
import { isFine } from './decision.ts'
import { type Report, somethingAnswered } from './report.ts'

/** What the process says when it ends: whether all is as expected, and if not, why. */
export function exitCodeOf(report: Report): number {
  if (report.runs.some(({ ownFailure }) => ownFailure !== undefined)) return exitCodes.usage
  if (!somethingAnswered(report)) return exitCodes.nothingAnswered
  // Whatever was expected, it was expected of another target.
  if (report.verdicts.target.verdict === 'wrong') return exitCodes.notAsExpected
  if (report.rollout && !isFine(report)) return exitCodes.notAsExpected
  return report.expectations.every(({ met }) => met)
    ? exitCodes.asExpected
    : exitCodes.notAsExpected
}
