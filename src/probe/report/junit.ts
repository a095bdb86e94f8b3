// It escapes what XML asks for, too.
import { html as xml } from 'ghtml'
import { exitCodes } from '../exit-codes.ts'
import type { Expectation } from '../expectations.ts'
import { decisionOf } from './decision.ts'
import { describe } from './describe.ts'
import { exitCodeOf } from './exit-code.ts'
import { findings } from './findings.ts'
import { firstErrors, sayExpectation } from './reasons.ts'
import type { Report } from './report.ts'

/** XML 1.0 §2.2 has no other characters, not even escaped. */
const notInXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
const legal = (text: string) => text.replace(notInXml, '\u{fffd}')

/** A test of the suite, and what went wrong (absent: nothing). */
interface TestCase {
  name: string
  wrong?: { element: 'failure' | 'error'; message: string } | undefined
  output?: string | undefined
}

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

function renderCase({ name, wrong, output }: TestCase): string {
  const result =
    wrong === undefined
      ? ''
      : wrong.element === 'error'
        ? xml`<error message="${legal(wrong.message)}"/>`
        : xml`<failure message="${legal(wrong.message)}"/>`
  const said = output === undefined ? '' : xml`<system-out>${legal(output)}</system-out>`
  return xml`<testcase name="${legal(name)}" classname="probe">!${result}!${said}</testcase>`
}

/**
 * The report as JUnit's XML (the junit-10.xsd of Jenkins): a test for the decision, and one for each
 * expectation. One that fails and an exit code that is not 0 go together.
 */
export function renderJunit(report: Report): string {
  const { runs, expectations } = report
  const cases = [decisionCase(report), ...expectations.map(expectationCase)]
  const count = (element: 'failure' | 'error') =>
    cases.filter(({ wrong }) => wrong?.element === element).length
  const began = Math.min(...runs.map(({ started }) => started))
  const seconds = (Math.max(...runs.map(({ ended }) => ended)) - began) / 1000
  const targets = [...new Set(runs.map(({ url }) => url))].join(', ')
  const timestamp = new Date(began).toISOString().slice(0, -'.000Z'.length)
  const suite = xml`<testsuite name="probe ${legal(targets)}" tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="0" time="${seconds.toFixed(3)}" timestamp="${timestamp}">
!${cases.map(renderCase).join('\n')}
</testsuite>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suite}\n</testsuites>\n`
}
