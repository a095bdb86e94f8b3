import type { Expectation } from '../expectations.ts'
import { isFine } from './decision.ts'
import { exposition, type Family } from './openmetrics/exposition.ts'
import { familiesOf } from './openmetrics/families.ts'
import type { Report } from './report.ts'

/** The same expectation may have been given twice. */
function expectationSamples(expectations: readonly Expectation[]): Family['samples'] {
  const byText = new Map(expectations.map((one) => [`${one.option} ${one.expected}`, one]))
  return [...byText.values()].map(({ option, expected, met }) => ({
    labels: { option, expected },
    value: Number(met),
  }))
}

/** The report as OpenMetrics: what was counted, and of which target. */
export function renderOpenMetrics(report: Report): string {
  const { runs, tally, verdicts, expectations } = report
  const targets = new Map(runs.map(({ url, method }) => [`${method} ${url}`, { url, method }]))
  return exposition([
    {
      name: 'served_by_probe_target_info',
      type: 'gauge',
      help: 'Always 1; the labels say what was asked.',
      samples: [...targets.values()].map((labels) => ({ labels, value: 1 })),
    },
    {
      name: 'served_by_probe_fine',
      type: 'gauge',
      help: '1 where there is nothing to act on, otherwise 0.',
      samples: [{ value: Number(isFine(report)) }],
    },
    {
      name: 'served_by_probe_expectation_met',
      type: 'gauge',
      help: '1 where it is as expected, otherwise 0.',
      samples: expectationSamples(expectations),
    },
    {
      name: 'served_by_probe_run_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'How long the requests were sent, all runs together.',
      samples: [
        { value: runs.reduce((sum, { started, ended }) => sum + ended - started, 0) / 1000 },
      ],
    },
    ...familiesOf(tally, verdicts),
  ])
}
