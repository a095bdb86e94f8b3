import type { ProbeOptions, ReportOptions } from './options/command.ts'
import { toPlan } from './plan.ts'
import { showProgress } from './progress.ts'
import { checkOutputs, deliver } from './report/deliver.ts'
import { readReport } from './report/json.ts'
import { createReport, describeRun, mergeReports, type Report } from './report/report.ts'
import { run } from './run.ts'
import { firstSignal } from './signal.ts'
import { checkName } from './transport/addresses.ts'
import { warmUp } from './warm-up.ts'

/** Probes the URLs and delivers the report. */
export async function probe(urls: URL[], options: ProbeOptions): Promise<Report> {
  const signal = firstSignal()
  const plan = toPlan(urls, options)
  if (!plan.target.addresses) await checkName(plan.target.url)
  await checkOutputs(options)
  await warmUp(plan.replicaBy)
  const progress = options.quiet !== true && process.stderr.isTTY
  const result = await run(plan, signal, (tally) =>
    progress ? showProgress(process.stderr, plan.amount, tally) : undefined,
  )
  const report = createReport([describeRun(plan, result)], result.tally, options)
  await deliver(report, options)
  return report
}

/** Adds reports and delivers the sum. @throws UsageError for a file that is no report */
export async function merge(files: string[], options: ReportOptions): Promise<Report> {
  await checkOutputs(options)
  const parts = await Promise.all(files.map(readReport))
  const report = mergeReports(parts, options)
  await deliver(report, options)
  return report
}
