import { describe, expect, test } from 'vitest'
import { createTally } from '../../src/measure/tally.ts'
import { renderOpenMetrics } from '../../src/probe/report/openmetrics.ts'
import { createReport } from '../../src/probe/report/report.ts'
import { exampleRun, exampleTally } from './example.ts'

const healthy = createReport([exampleRun], exampleTally(), { expectReplicas: 3, maxP99: 1 })
const troubled = exampleTally('test/1', (index) => ({
  ...(index % 7 === 0 ? { outcome: 'replica-error', status: 503 } : {}),
}))

describe('OpenMetrics', () => {
  test.for([
    'served_by_probe_fine 1',
    'served_by_probe_target_info{url="http://balancer.example/",method="GET"} 1',
    'served_by_probe_expectation_met{option="--expect-replicas",expected="3"} 1',
    'served_by_probe_expectation_met{option="--max-p99",expected="at most 1 ms"} 0',
    'served_by_probe_run_seconds 6',
    'served_by_probe_requests_total 600',
    'served_by_probe_failures_total{outcome="replica-error"} 0',
    'served_by_probe_responses_total{status="200"} 600',
    'served_by_probe_answers_total{replica="web-1"} 200',
    'served_by_probe_latency_seconds{quantile="0.99"} 0.004001',
    'served_by_probe_latency_seconds_count 600',
    'served_by_probe_replica_latency_seconds{replica="web-0",quantile="0.5"} 0.002',
    'served_by_probe_replicas 3',
    'served_by_probe_verdict{about="order",verdict="round-robin"} 1',
  ])('says %s', (line) => {
    expect(renderOpenMetrics(healthy).split('\n')).toContain(line)
  })

  test('counts what failed', () => {
    const text = renderOpenMetrics(createReport([exampleRun], troubled, {}))
    expect(text).toContain('\nserved_by_probe_fine 0\n')
    expect(text).toContain('\nserved_by_probe_failures_total{outcome="replica-error"} 86\n')
    expect(text).toContain('\nserved_by_probe_responses_total{status="503"} 86\n')
  })

  test('has one of each family, named by its unit, and an end', () => {
    const text = renderOpenMetrics(healthy)
    const names = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name)
    expect(names.length).toBe(new Set(names).size)
    for (const [, name = '', unit = ''] of text.matchAll(/^# UNIT (\S+) (\S+)$/gm))
      expect(name.endsWith(`_${unit}`)).toBe(true)
    expect(text.endsWith('\n# EOF\n')).toBe(true)
  })

  test('escapes what a replica calls itself', () => {
    const tally = exampleTally('test/1', () => ({ replica: 'a"b\\c\nd' }))
    expect(renderOpenMetrics(createReport([exampleRun], tally, {}))).toContain(
      '\nserved_by_probe_answers_total{replica="a\\"b\\\\c\\nd"} 600\n',
    )
  })

  test('has no series twice, where an expectation was given twice', () => {
    const report = createReport([exampleRun], exampleTally(), { expect: ['even', 'even'] })
    const series = renderOpenMetrics(report).match(/^[a-z].+(?= \S+$)/gm) ?? []
    expect(series.length).toBe(new Set(series).size)
  })

  test('has numbers where nothing was counted', () => {
    const text = renderOpenMetrics(createReport([exampleRun], createTally('test/1'), {}))
    expect(text).toContain('\nserved_by_probe_requests_total 0\n')
    expect(text).not.toMatch(/NaN|Infinity|undefined/)
  })
})
