// It escapes what XML asks for, too.
import { html as xml } from 'ghtml'

/** XML 1.0 §2.2 has no other characters, not even escaped. */
const notInXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
const legal = (text: string) => text.replace(notInXml, '\u{fffd}')

/** A test of the suite, and what went wrong (absent: nothing). */
export interface TestCase {
  name: string
  wrong?: { element: 'failure' | 'error'; message: string } | undefined
  output?: string | undefined
}

function renderCase({ name, wrong, output }: TestCase, suite: string): string {
  const result =
    wrong === undefined
      ? ''
      : wrong.element === 'error'
        ? xml`<error message="${legal(wrong.message)}"/>`
        : xml`<failure message="${legal(wrong.message)}"/>`
  const said = output === undefined ? '' : xml`<system-out>${legal(output)}</system-out>`
  return xml`<testcase name="${legal(name)}" classname="${suite}">!${result}!${said}</testcase>`
}

/**
 * Tests as JUnit's XML (the junit-10.xsd of Jenkins).
 * @param suite one word @param began, ended Unix ms
 */
export function renderSuite(
  suite: string,
  target: string,
  cases: readonly TestCase[],
  { began, ended }: { began: number; ended: number },
): string {
  const count = (element: 'failure' | 'error') =>
    cases.filter(({ wrong }) => wrong?.element === element).length
  const timestamp = new Date(began).toISOString().slice(0, -'.000Z'.length)
  const text = xml`<testsuite name="${suite} ${legal(target)}" tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="0" time="${((ended - began) / 1000).toFixed(3)}" timestamp="${timestamp}">
!${cases.map((one) => renderCase(one, suite)).join('\n')}
</testsuite>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${text}\n</testsuites>\n`
}
