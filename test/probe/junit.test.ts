import { describe, expect, test } from 'vitest'
import { createTally } from '../../src/measure/tally.ts'
import { renderJunit } from '../../src/probe/report/junit.ts'
import { createReport } from '../../src/probe/report/report.ts'
import { exampleRun, exampleTally } from './example.ts'

const dead = exampleTally('test/1', () => ({
  outcome: 'refused',
  status: undefined,
  replica: undefined,
}))

describe('JUnit', () => {
  test('has a test for the decision and one for each expectation', () => {
    const expected = { expectReplicas: 3, maxP99: 1 }
    const text = renderJunit(createReport([exampleRun], exampleTally(), expected))
    expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites>\n<testsuite /)
    expect(text).toContain(
      '<testsuite name="probe http://balancer.example/" tests="3" failures="1" errors="0" skipped="0" time="6.000" timestamp="2026-11-23T12:00:00">',
    )
    expect(text).toMatch(
      /<testcase name="decision" classname="probe"><system-out>Fine: 3 replicas, /,
    )
    expect(text).toContain(
      '<testcase name="--expect-replicas 3" classname="probe"><system-out>✔ as expected: --expect-replicas 3; seen: 3</system-out></testcase>',
    )
    expect(text).toContain(
      '<testcase name="--max-p99 at most 1 ms" classname="probe"><failure message="✘ NOT as expected: --max-p99 at most 1 ms; seen: 4 ms"/></testcase>',
    )
  })

  test('fails the decision where nothing answered', () => {
    expect(renderJunit(createReport([exampleRun], dead, {}))).toMatch(
      /tests="1" failures="1" errors="0"[^]+<testcase name="decision" classname="probe"><failure message="Not fine: nothing answered; /,
    )
  })

  test('does not fail it for a loss that nobody excluded: that alone is no exit code', () => {
    const lossy = exampleTally('test/1', (index) =>
      index === 7 ? { outcome: 'replica-error', status: 503 } : {},
    )
    const text = renderJunit(createReport([exampleRun], lossy, {}))
    expect(text).toMatch(/tests="1" failures="0" errors="0"/)
    expect(text).toMatch(/<system-out>Not fine: 1 of 600 lost/)
  })

  test('is an error where the probe itself could not go on', () => {
    const run = { ...exampleRun, ownFailure: 'The probe has as many connections open as it may.' }
    expect(renderJunit(createReport([run], createTally('test/1'), {}))).toMatch(
      /failures="0" errors="1"[^]+<error message="Not measured to the end: /,
    )
  })

  test('escapes what is markup, and drops what XML cannot hold', () => {
    const hostile = '"/><a>&]]>\u0000\u001b\ud800'
    const run = { ...exampleRun, url: `http://x/?${hostile}`, errors: { reset: hostile } }
    const text = renderJunit(createReport([run], exampleTally(), {}))
    // eslint-disable-next-line no-control-regex -- they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Cs}/u)
    expect(text).not.toContain('<a>')
    expect(text).not.toContain(']]>')
    expect(text.match(/<testcase /g)).toHaveLength(1)
  })
})
