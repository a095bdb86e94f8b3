import { exitCodes } from '../exit-codes.ts'
import type { Expectation } from '../expectations.ts'
import { decisionOf } from './decision.ts'
import { describe } from './describe.ts'
import { exitCodeOf } from './exit-code.ts'
import { findings } from './findings.ts'
import { renderSuite, type TestCase } from './junit/suite.ts'
import { firstErrors, sayExpectation } from './reasons.ts'
import type { Report } from './report.ts'

/** The decision fails where the run itself does: where nothing could be as expected. */
function decisionCase(report: Report): TestCase {
  const code = exitCodeOf({ ...report, expectations: [] })
  const message = decisionOf(report)
  const lines = findings(report, false).map(
    ({ title, text, bad }) => `${bad ? '✘ ' : ''}${title}: ${text}`,
  )
  return {
    name: 'decision',
    wrong:
      code === exitCodes.asExpected
        ? undefined
        : { element: code === exitCodes.usage ? 'error' : 'failure', message },
    output: [message, ...report.runs.map(describe), ...lines, ...firstErrors(report)].join('\n'),
  }
}

function expectationCase(expectation: Expectation): TestCase {
  const { option, expected, met } = expectation
  const message = sayExpectation(expectation)
  return {
    name: `${option} ${expected}`,
    wrong: met ? undefined : { element: 'failure', message },
    output: met ? message : undefined,
  }
}

/**
 * The report as JUnit's XML: a test for the decision, and one for each expectation. One that fails and an
 * exit code that is not 0 go together.
 */
export function renderJunit(report: Report): string {
  const { runs, expectations } = report
  const cases = [decisionCase(report), ...expectations.map(expectationCase)]
  const targets = [...new Set(runs.map(({ url }) => url))].join(', ')
  return renderSuite('probe', targets, cases, {
    began: Math.min(...runs.map(({ started }) => started)),
    ended: Math.max(...runs.map(({ ended }) => ended)),
  })
}
