import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters, styleText } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { reportSchema, reportSchemaFile } from '../../build/report-schema.ts'
import { tallyFromJson } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { renderHtml } from '../../src/probe/report/html.ts'
import { readReport, renderJson } from '../../src/probe/report/json.ts'
import { createReport, mergeReports, type Report } from '../../src/probe/report/report.ts'
import { renderTable, type Style } from '../../src/probe/report/table.ts'
import { exampleRun, exampleTally } from './example.ts'
import { parseReport } from './report-json.ts'

const plain: Style = (_format, text) => text
const colored: Style = (format, text) => styleText(format, text, { validateStream: false })

const hostile = '</title><script>alert(1)</script>'
const run = { ...exampleRun, url: `http://x/?${hostile}`, errors: { reset: hostile } }
/** Names as long and as hostile as the network may give them, failures, and many replicas. */
const troubled: Report = createReport(
  [{ ...run, interrupted: true }],
  exampleTally('test/1', (index) => ({
    replica: `${hostile}-${'x'.repeat(60)}-${index % 40}`,
    version: hostile,
    ...(index % 7 === 0 ? { outcome: 'replica-error', status: 503 } : {}),
  })),
  { expect: ['sticky'], maxFailures: { count: 100 } },
)
const healthy = createReport([exampleRun], exampleTally(), { expectReplicas: 3, maxP99: 1 })

describe('the table', () => {
  test('says who answered, how evenly, in what order, and what was expected', () => {
    const table = renderTable(healthy, plain)
    expect(table).toMatch(/^GET http:\/\/balancer\.example\/: 100 per second/)
    expect(table).toMatch(/^web-0 +200 +33\.3 % .* 2 ms +2 ms$/m)
    expect(table).toMatch(/^Balance +Even/m)
    expect(table).toMatch(/^Order +Round robin/m)
    expect(table).toContain('✔ as expected: --expect-replicas 3; seen: 3')
    expect(table).toContain('✘ NOT as expected: --max-p99 at most 1 ms; seen: 4 ms')
  })

  test('fits 80 columns, whatever the replicas are called', () => {
    const lines = renderTable(troubled, colored).split('\n').map(stripVTControlCharacters)
    const long = lines.filter((line) => line.length > 80 && !line.includes(hostile))
    expect(long).toEqual([])
    expect(lines.find((line) => line.startsWith('… and'))).toBe('… and 15 more replicas')
  })

  test('says the same without colours', () => {
    expect(stripVTControlCharacters(renderTable(troubled, colored))).toBe(
      renderTable(troubled, plain),
    )
  })

  test('says when it was ended early, and the first error of each kind', () => {
    const table = renderTable(troubled, plain)
    expect(table).toContain('Ended early')
    expect(table).toContain(`First error (reset): ${hostile}`)
  })

  test('says when the probe itself was late', () => {
    const late = exampleTally('test/1', (index) => ({ due: 1_795_435_200_000 + index * 10 - 5 }))
    const table = renderTable(createReport([exampleRun], late, {}), plain)
    expect(table).toContain('The probe itself was late, by 5 ms at the 99th percentile.')
    expect(renderTable(healthy, plain)).not.toContain('late')
  })

  test('is only about the failures where nothing answered', () => {
    const dead = exampleTally('test/1', () => ({
      outcome: 'refused',
      status: undefined,
      replica: undefined,
    }))
    const table = renderTable(createReport([exampleRun], dead, {}), plain)
    expect(table).toMatch(/^✘ Failures +600 of 600 requests failed/m)
    expect(table).not.toContain('Balance')
  })
})

describe('the JSON', () => {
  test('keeps to the published schema', () => {
    expect(parseReport(renderJson(healthy)).verdicts).toEqual(
      JSON.parse(JSON.stringify(healthy.verdicts)),
    )
    expect(parseReport(renderJson(troubled)).runs).toHaveLength(1)
  })

  test('which is the schema of the types', async () => {
    // Where it is not: npm run schema
    expect(await readFile(reportSchemaFile, 'utf8')).toBe(reportSchema())
  })

  test('has all that was counted', () => {
    const { tally } = parseReport(renderJson(healthy))
    expect(judge(tallyFromJson(tally))).toEqual(healthy.verdicts)
  })
})

describe('a merge', () => {
  const other = { runs: [{ ...exampleRun, vantage: 'test/2' }], tally: exampleTally('test/2') }

  test('is as if one probe had sent all requests, histograms included', () => {
    const merged = mergeReports([healthy, other], { expectReplicas: 3 })
    expect(merged.runs.map(({ vantage }) => vantage)).toEqual(['test/1', 'test/2'])
    expect(merged.verdicts.failures.requests).toBe(1200)
    expect(merged.verdicts.latency.latency).toEqual({
      ...healthy.verdicts.latency.latency,
      count: 1200,
    })
    expect(merged.expectations).toMatchObject([{ met: true }])
  })

  test.for([
    [{ ...other.runs[0], url: 'http://other.example/' }, /different things.+other\.example/],
    [{ ...other.runs[0], success: '404' }, /different things.+404/],
    [exampleRun, /same run is in there twice/],
  ] as const)('of what cannot be added is refused: %j', ([run, message]) => {
    const part = { ...other, runs: [{ ...exampleRun, ...run }] }
    expect(() => mergeReports([healthy, part], {})).toThrow(message)
  })

  test.for([
    ['{"format":"served-by-probe/1"}', /has the format served-by-probe\/1, and this version/],
    ['{}', /not a report that --json wrote/],
    ['{', /cannot be read as a report/],
    ['{"format":"served-by-probe/2","runs":[]}', /not as --json wrote it/],
  ] as const)('of something else is refused in a sentence: %s', async ([text, message]) => {
    const directory = await mkdtemp(join(tmpdir(), 'probe-'))
    onTestFinished(() => rm(directory, { recursive: true }))
    const file = join(directory, 'report.json')
    await writeFile(file, text)
    await expect(readReport(file)).rejects.toThrow(message)
  })

  test('of one report is that report', () => {
    expect(mergeReports([healthy], {}).verdicts).toEqual(healthy.verdicts)
  })
})

describe('the page', () => {
  const page = renderHtml(troubled)

  test('escapes what came over the network', () => {
    expect(page).not.toContain('<script')
    expect(page).toContain('&#60;script&#62;')
  })

  test('asks the network for nothing', () => {
    expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'")
    expect(page).not.toMatch(/(?:src|href|url|@import)\s*[=(]/i)
  })

  test('has a lane for each replica and one for the failures, and a line for each latency', () => {
    const lanes = renderHtml(healthy).match(/<path class="answers"/g)
    expect(lanes).toHaveLength(3)
    expect(renderHtml(healthy)).not.toContain('<path class="failures"')
    expect(page.match(/<path class="failures"/g)).toHaveLength(1)
    expect(renderHtml(healthy)).toContain('aria-label="Latency by percentile"')
  })

  test('can be made where nothing was answered', () => {
    const dead = exampleTally('test/1', () => ({
      outcome: 'refused',
      status: undefined,
      replica: undefined,
    }))
    expect(renderHtml(createReport([exampleRun], dead, {}))).toContain('600 of 600 requests failed')
  })
})
