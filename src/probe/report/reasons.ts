import { outcomes } from '../../measure/observation.ts'
import { nameOf } from '../../measure/sentences/losses.ts'
import type { Expectation } from '../expectations.ts'
import { decisionOf, isFine } from './decision.ts'
import { type Report, somethingAnswered } from './report.ts'

/** An expectation and what came of it, in one line. */
export function sayExpectation({ option, expected, seen, met }: Expectation): string {
  return `${met ? '✔ as expected' : '✘ NOT as expected'}: ${option} ${expected}; seen: ${seen}`
}

/** The first error of each kind, in the words of the system. */
export function firstErrors({ runs }: Report): string[] {
  return runs.flatMap(({ errors }) => {
    const kinds = outcomes.filter((outcome) => errors[outcome] !== undefined)
    return kinds.map((kind) => {
      const which = kinds.length > 1 ? ` (${nameOf(kind)})` : ''
      return `First error${which}: ${errors[kind]}`
    })
  })
}

/** Why the exit code is not 0, for those who see nothing else of the report. */
export function reasons(report: Report): string[] {
  return [
    ...(somethingAnswered(report) ? [] : [decisionOf(report), ...firstErrors(report)]),
    ...(report.rollout && !isFine(report) ? [decisionOf(report)] : []),
    ...(report.verdicts.target.verdict === 'wrong' ? [report.verdicts.decision.sentence] : []),
    ...report.expectations.filter(({ met }) => !met).map(sayExpectation),
  ]
}
