import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Observation } from '../../src/measure/observation.ts'
import { renderJson } from '../../src/probe/report/json.ts'
import { createReport, type RunDescription } from '../../src/probe/report/report.ts'
import { exampleRun, exampleTally } from './example.ts'
import { runProbe } from './run-probe.ts'

/** Reports of the example, each changed, in files of these names. @returns their directory */
async function reports(
  files: Record<
    string,
    { run?: Partial<RunDescription>; change?: (index: number) => Partial<Observation> }
  >,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'compare-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  for (const [vantage, { run, change }] of Object.entries(files)) {
    const report = createReport(
      [{ ...exampleRun, vantage, ...run }],
      exampleTally(vantage, change),
      {},
    )
    await writeFile(join(directory, `${vantage}.json`), renderJson(report))
  }
  return directory
}

const failing = (index: number): Partial<Observation> =>
  index % 10 === 0 ? { outcome: 'proxy-error', status: 502, replica: undefined } : {}

test('no worse: exit code 0, the decision first, then what was asked and the figures', async () => {
  const directory = await reports({ old: {}, new: {} })
  const { code, stdout, stderr } = await runProbe(
    'compare',
    `${directory}/old.json`,
    `${directory}/new.json`,
  )
  expect(stdout).toMatch(/^No worse: lost 0 of 600, as before; p99 4 ms → 4 ms, /)
  expect(stdout).toMatch(/^Before: GET http:\/\/balancer\.example\/: 100 per second, /m)
  expect(stdout).toMatch(/^ {2}Lost +0 of 600 +0 of 600$/m)
  expect(stdout).toMatch(/^ {2}Order +round-robin +round-robin$/m)
  expect(stdout).not.toContain('Asked differently')
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

test('worse: exit code 1, and what got worse in every format', async () => {
  const directory = await reports({ old: {}, new: { change: failing } })
  const [old, now] = [`${directory}/old.json`, `${directory}/new.json`]
  const [json, markdown, junit] = ['c.json', 'c.md', 'c.xml'].map((name) => join(directory, name))
  const files = ['--json', json ?? '', '--markdown', markdown ?? '', '--junit', junit ?? '']
  const { code, stdout } = await runProbe('compare', old, now, ...files)
  expect(stdout).toMatch(/^Worse: lost 0 of 600 → 10\.0 % \(502 by the proxy; within 5\.\d+ s /)
  expect(stdout).toMatch(/^✘ Lost +0 of 600 +60 of 600 \(10\.0 %\)$/m)
  expect(code).toBe(1)
  expect(JSON.parse(await readFile(json ?? '', 'utf8'))).toMatchObject({
    format: 'served-by-comparison/1',
    decision: { verdict: 'worse', worse: ['failures'] },
    changes: { failures: { change: 'worse' }, latency: { change: 'same' } },
  })
  const text = await readFile(markdown ?? '', 'utf8')
  expect(text).toMatch(/^### ❌ Worse: lost 0 of 600 → 10\.0 %/)
  expect(text).toContain('\n| ❌ **Lost** | 0 of 600 | 60 of 600 (10.0 %) |\n')
  const suite = await readFile(junit ?? '', 'utf8')
  expect(suite).toMatch(/<testsuite name="compare [^"]+" tests="3" failures="1" errors="0"/)
  expect(suite).toMatch(/<testcase name="failures" classname="compare"><failure message="lost 0 of/)
})

test('--quiet says nothing but why it is worse', async () => {
  const directory = await reports({ old: {}, new: { change: failing } })
  const [old, now] = [`${directory}/old.json`, `${directory}/new.json`]
  const worse = await runProbe('compare', old, now, '-q')
  expect(worse.stdout).toBe('')
  expect(worse.stderr).toMatch(/^Worse: .+\n$/)
  const better = await runProbe('compare', now, old, '-q')
  expect(better).toMatchObject({ code: 0, stdout: '', stderr: '' })
})

test('what was asked differently is said, as it may be the reason', async () => {
  const directory = await reports({ old: {}, new: { run: { concurrency: 50, rate: undefined } } })
  const { stdout } = await runProbe('compare', `${directory}/old.json`, `${directory}/new.json`)
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'Asked differently, which may be the reason: rate 100, then as fast as it answers; concurrency 500, then 50.',
  )
})

test('usage: the same run twice, what is no report, and a file that cannot be written', async () => {
  const directory = await reports({ old: {}, new: {} })
  const [old, now] = [`${directory}/old.json`, `${directory}/new.json`]
  const twice = await runProbe('compare', old, old)
  expect(twice).toMatchObject({ code: 2, stdout: '' })
  expect(twice.stderr).toMatch(/^error: The same run is in both reports \(old at /)
  await writeFile(`${directory}/other.json`, '{"format":"served-by-probe/1"}')
  const other = await runProbe('compare', old, `${directory}/other.json`)
  expect(other.code).toBe(2)
  expect(other.stderr).toMatch(/has the format served-by-probe\/1/)
  const unwritable = await runProbe('compare', old, now, '--markdown', `${directory}/no/where.md`)
  expect(unwritable.code).toBe(2)
  expect(unwritable.stderr).toMatch(/cannot be written to/)
})
