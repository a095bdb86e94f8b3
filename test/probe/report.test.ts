import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters, styleText } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { reportSchema, reportSchemaFile } from '../../build/report-schema.ts'
import { createTally, tallyFromJson } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { describeProgress } from '../../src/probe/progress.ts'
import { renderHtml } from '../../src/probe/report/html.ts'
import { readReport, renderJson } from '../../src/probe/report/json.ts'
import { renderMarkdown } from '../../src/probe/report/markdown.ts'
import { createReport, mergeReports, type Report } from '../../src/probe/report/report.ts'
import { shorten } from '../../src/probe/report/shorten.ts'
import type { Style } from '../../src/probe/report/columns.ts'
import { renderTable, type Screen } from '../../src/probe/report/table.ts'
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

const screen: Screen = { columns: 80, style: plain, verbose: false }
const dead = exampleTally('test/1', () => ({
  outcome: 'refused',
  status: undefined,
  replica: undefined,
}))

describe('the table', () => {
  test('begins with the decision, and with what was not as expected', () => {
    expect(renderTable(healthy, screen).split('\n').slice(0, 2)).toEqual([
      'Fine: 3 replicas, even, in turn; 600 of 600 answered.',
      '✘ NOT as expected: --max-p99 at most 1 ms; seen: 4 ms',
    ])
    expect(renderTable(troubled, screen)).toMatch(/^Not fine: 86 of 600 lost \(mostly 503 by\s/)
  })

  test('says who answered, how evenly, in what order, how fast, and what was expected', () => {
    // No event loop sends in the very moment.
    const sent = (index: number) => 1_795_435_200_000 + index * 10 + 0.05
    const open = exampleTally('test/1', (index) => ({ sent: sent(index) }))
    const table = renderTable(createReport([exampleRun], open, { expectReplicas: 3 }), screen)
    expect(table).toMatch(/^GET http:\/\/balancer\.example\/: 100 per second/m)
    expect(table).toMatch(/^web-0 +200 +33\.3 % +1\.95 ms +1\.95 ms +1\.95 ms$/m)
    expect(table).toMatch(/^Balance +Even: 33\.3 % each\.$/m)
    expect(table).toMatch(/^Order +In turn \(round robin\)\.$/m)
    expect(table).toMatch(/^Rate +100 a second asked, 100 achieved\.$/m)
    expect(table).toMatch(/^Latency +p50 3 ms, p90 4 ms, p95 4 ms, p99 4 ms, max 4 ms\.$/m)
    expect(table).toMatch(/^Status +200: 600\.$/m)
    expect(table).toContain('✔ as expected: --expect-replicas 3; seen: 3')
  })

  test('has what failed first, and marked', () => {
    const titles = renderTable(troubled, screen).match(/^(✘ )?[A-Z][a-z]+(?= {2})/gm) ?? []
    const marked = titles.map((title) => title.startsWith('✘'))
    expect(marked).toEqual(marked.toSorted((a, b) => Number(b) - Number(a)))
    expect(titles).toContain('✘ Lost')
    expect(titles).not.toContain('Clocks')
  })

  test('keeps statistics for those who ask for them', () => {
    const statistical = /chi-square|95 %|dispersion|\bp [<=\d]/
    expect(renderTable(healthy, screen)).not.toMatch(statistical)
    expect(renderTable(healthy, { ...screen, verbose: true })).toMatch(statistical)
  })

  test.for([60, 80, 100, 200])('fits %i columns, whatever the replicas are called', (columns) => {
    const lines = renderTable(troubled, { ...screen, columns, style: colored })
      .split('\n')
      .map(stripVTControlCharacters)
    expect(lines.filter((line) => line.length > columns && !line.includes(hostile))).toEqual([])
    expect(lines).toContain('… and 15 more replicas, all in --html and --json')
  })

  test('fits 60 columns with the statistics, too', () => {
    const slower = exampleTally('test/1', (index) => ({
      replica: `served-by-6c9f7d8b9c-x9w7${index % 3}`,
      done: 1_795_435_200_000 + index * 10 + 12.3,
    }))
    const narrow = { ...screen, columns: 60, verbose: true }
    const text = renderTable(createReport([exampleRun], slower, {}), narrow)
    expect(text.split('\n').filter((line) => line.length > 60)).toEqual([])
    expect(text).toMatch(/^Replica +Answers +Share +95 % sure +p50 +p99$/m)
  })

  test.for([40, 50, 60, 61, 62, 80])('keeps a number and its unit in one line of %i', (columns) => {
    const table = renderTable(healthy, { ...screen, columns, verbose: true })
    expect(table).not.toMatch(/\d\n +(?:ms|µs|s|%)\b|p\d\d\n +\d/)
  })

  test('says the same without colours', () => {
    expect(stripVTControlCharacters(renderTable(troubled, { ...screen, style: colored }))).toBe(
      renderTable(troubled, screen),
    )
  })

  test('says when it was ended early, and the first error of each kind', () => {
    const table = renderTable(troubled, screen)
    expect(table).toContain('Ended early')
    expect(table).toContain('First error: ')
    const errors = { reset: 'ECONNRESET', timeout: 'too late' }
    const several = createReport([{ ...run, errors }], exampleTally(), {})
    expect(renderTable(several, screen)).toMatch(
      /^First error \(connection broken off\): ECONNRESET\nFirst error \(no answer in time\): too late$/m,
    )
  })

  test('says who is to blame for a rate that was not reached', () => {
    const due = (index: number) => 1_795_435_200_000 + index * 5
    const late = exampleTally('test/1', (index) => ({ due: due(index) }))
    const table = renderTable(createReport([exampleRun], late, {}), screen)
    expect(table).toMatch(/^Rate +200 a second asked, 100 achieved: this machine/m)
    const held = exampleTally('test/1', (index) => ({
      due: due(index),
      free: 1_795_435_200_000 + index * 10,
    }))
    expect(renderTable(createReport([exampleRun], held, {}), screen)).toMatch(
      /^Rate +200 a second asked, 100 achieved: the target/m,
    )
  })

  test('names an address that cannot be reached', () => {
    const addresses = [
      { address: '10.0.0.1', connections: 9, failed: 0 },
      { address: '10.0.0.2', connections: 0, failed: 9, error: 'connect ECONNREFUSED' },
    ]
    const report = createReport([{ ...exampleRun, addresses }], exampleTally(), {})
    expect(renderTable(report, screen)).toMatch(
      /^Not fine: 1 of the target's addresses cannot be reached\. Otherwise\sfine: [^]+^✘ Addresses\s+Cannot be reached: 10\.0\.0\.2 /m,
    )
  })

  test('is only about the failures where nothing answered', () => {
    const table = renderTable(createReport([exampleRun], dead, {}), screen)
    expect(table).toMatch(/^Not fine: nothing answered; 600 of 600 lost/)
    expect(table).toMatch(/^✘ Lost +600 of 600 requests lost/m)
    expect(table).not.toContain('Balance')
  })

  test('says why nothing answered before anything else', () => {
    const errors = { other: 'self-signed certificate' }
    const table = renderTable(createReport([{ ...exampleRun, errors }], dead, {}), screen)
    expect(table).toMatch(/^Not fine: [^]+?\.\nFirst error: self-signed certificate\n\nGET /)
    expect(table.match(/self-signed/g)).toHaveLength(1)
  })

  test('says once that the target is wrong', () => {
    const astray = exampleTally('test/1', () => ({
      outcome: 'client-error',
      status: 404,
      replica: undefined,
    }))
    const table = renderTable(createReport([exampleRun], astray, {}), screen)
    expect(table).toMatch(/^Not fine: this is not the target: every answer is a 404\./)
    expect(table.match(/not the target/g)).toHaveLength(1)
    expect(table).not.toMatch(/^(?:Balance|Order)/m)
  })

  test('has a word for a verdict once: cookies, and versions side by side', () => {
    const cookies = exampleTally('test/1', (index) => ({
      jar: index % 30,
      connection: index % 7,
      replica: `web-${(index % 30) % 3}`,
    }))
    const bound = renderTable(createReport([exampleRun], cookies, {}), screen)
    expect(bound).toMatch(/^Affinity +A cookie binds/m)
    expect(bound).not.toMatch(/^Order/m)
    const canary = exampleTally('test/1', (index) => ({ version: index % 10 === 0 ? 'v2' : 'v1' }))
    const weighted = renderTable(createReport([exampleRun], canary, {}), screen)
    expect(weighted).toMatch(/^Weights +v1 90\.0 %/m)
    expect(weighted).not.toMatch(/^Versions/m)
  })

  test('says no order of a single answer', () => {
    const limited = exampleTally('test/1', (index) =>
      index === 0 ? {} : { outcome: 'client-error', status: 429, replica: undefined },
    )
    expect(renderTable(createReport([exampleRun], limited, {}), screen)).not.toMatch(/^Order/m)
  })

  test('tells a time without success from a second on', () => {
    const failing = (from: number, to: number) =>
      exampleTally('test/1', (index) =>
        index >= from && index < to ? { outcome: 'proxy-error', status: 502 } : {},
      )
    const told = (tally: typeof dead) => renderTable(createReport([exampleRun], tally, {}), screen)
    expect(told(failing(100, 150))).not.toContain('Nothing succeeded')
    expect(told(failing(100, 250))).toMatch(/Nothing\s+succeeded\s+for\s+1\.5\d*\s+s/)
  })

  test('of a rollout has who lost requests first, and marked', () => {
    const [pod, other] = ['web-1-a', 'web-2-a']
    const loss = { count: 3, first: exampleRun.started, last: exampleRun.started }
    const rollout = {
      deployment: 'shop/web',
      started: exampleRun.started,
      ended: exampleRun.ended,
      incomplete: undefined,
      pods: [{ pod, old: true, created: 0, draining: exampleRun.started }],
      losses: [
        { ...loss, suspects: [{ pod, phase: 'draining' as const }], ways: { 502: 3 } },
        { ...loss, suspects: [{ pod: other, phase: 'starting' as const }], ways: { 502: 3 } },
      ],
    }
    const lossy = exampleTally('test/1', (index) =>
      index < 6 ? { outcome: 'proxy-error', status: 502, replica: undefined } : {},
    )
    const report = { ...createReport([exampleRun], lossy, {}), rollout }
    expect(renderTable(report, screen)).toMatch(
      /^✘ Lost by +web-1-a \(draining\): 3 × 502, \d\d:00:00\n {12}web-2-a \(starting\): 3 × .+\nPods +web-1-a: told to end/m,
    )
    expect(renderHtml(report)).toMatch(/<dt class="bad">✘ Lost by<\/dt>/)
    expect(renderMarkdown(report)).toMatch(
      /^\| ❌ \*\*Lost by\*\* \| web-1-a \(draining\): 3 × 502, .+\|\n\| {2}\| web-2-a /m,
    )
  })

  test('says what was in flight where nothing has ended', () => {
    const inFlight = { requests: 5, waited: 2000 }
    const hanging = createReport(
      [{ ...exampleRun, interrupted: true, inFlight }],
      createTally('test/1'),
      {},
    )
    expect(renderTable(hanging, screen)).toMatch(
      /^Cannot tell: no request has ended; 5 requests in flight, for 2 s at most\./,
    )
  })
})

test('long names are cut in the middle, where they are alike', () => {
  const pods = ['served-by-6c9f7d8b9c-k2m4x', 'served-by-6c9f7d8b9c-x9w7q']
  expect(shorten(pods, 26)).toEqual(pods)
  expect(shorten(pods, 14)).toEqual(['served-b…k2m4x', 'served-b…x9w7q'])
  expect(shorten(['abcdefghij', 'x'], 7)).toEqual(['abc…hij', 'x'])
})

test('progress is what is known so far, in a line', () => {
  expect(describeProgress(exampleTally(), 6000)).toBe(
    '600 requests, 100/s, p50 3 ms, p99 4 ms, web-0 33.3 %, web-1 33.3 %, web-2 33.3 %',
  )
  expect(describeProgress(createTally('test/1'), 0)).toBe('0 requests')
})

test.for([
  [80, '600 requests, 100/s, p50 3 ms, p99 4 ms, shares 33.3 %, 33.3 %, 33.3 %'],
  [60, '100/s, p50 3 ms, p99 4 ms, shares 33.3 %, 33.3 %, 33.3 %'],
  [40, '600 requests, 100/s, p50 3 ms, p99 4 ms'],
  [30, '100/s, p50 3 ms, p99 4 ms'],
] as const)('progress leaves out what matters least where there are %i columns', ([room, told]) => {
  expect(describeProgress(exampleTally(), 6000, room)).toBe(told)
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
    ['{"format":"served-by-probe/3","runs":[]}', /not as --json wrote it/],
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

  test('begins with the decision, and has statuses, rate and latency over time', () => {
    expect(page).toMatch(/<h1 class="bad">Not fine: 86 of 600 lost/)
    expect(renderHtml(healthy)).toMatch(/<h1 class="good">Fine: /)
    expect(page).toContain('aria-label="Rate over time"')
    expect(page).toContain('aria-label="Latency over time"')
    expect(page).toMatch(/<td>503<\/td>/)
    // When requests failed is shaded, in each of the three charts over time.
    expect(page).toMatch(/class="window"/)
    expect(renderHtml(healthy)).not.toMatch(/class="window"/)
    expect(page).toContain('<path class="lost"')
    expect(renderHtml(healthy)).not.toContain('<path class="lost"')
  })

  test('has no section that is empty', () => {
    const refused = { ...exampleRun, errors: { refused: 'connect ECONNREFUSED' } }
    const silent = renderHtml(createReport([refused], dead, {}))
    expect(silent).toContain('<p>First error: connect ECONNREFUSED</p>')
    expect(silent).not.toContain('chi-square')
    expect(silent).toContain('aria-label="Rate over time"')
    expect(silent).not.toContain('Latency by percentile')
    expect(silent).not.toMatch(/<h2>[^<]*<\/h2>\s*<\/section>/)
    const nothing = renderHtml(createReport([exampleRun], createTally('test/1'), {}))
    expect(nothing).not.toMatch(/<h2>[^<]*<\/h2>\s*<\/section>/)
  })

  test('can be made where nothing was answered', () => {
    expect(renderHtml(createReport([exampleRun], dead, {}))).toContain('600 of 600 requests lost')
  })
})
