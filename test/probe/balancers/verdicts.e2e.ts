import { expect, test } from 'vitest'
import type { ReportJson } from '../../../src/probe/report/json.ts'
import { parseReport } from '../report-json.ts'
import { runProbe } from '../run-probe.ts'
import type { Configuration, Says } from './configuration.ts'
import { countsOfHaproxy, startHaproxy } from './haproxy/haproxy.ts'
import { haproxyConfigurations } from './haproxy/index.ts'
import { nginxConfigurations } from './nginx/index.ts'
import { countsOfNginx, startNginx } from './nginx/nginx.ts'
import { startKinds } from './replicas.ts'
import type { Running } from './run-balancer.ts'

/** What the report counts for each replica: answers, or connections where those are dealt out. */
function countsOf({ verdicts }: ReportJson, unit: 'requests' | 'connections') {
  return new Map(
    unit === 'requests'
      ? verdicts.balance.replicas.map(({ replica, answers }) => [replica, answers])
      : verdicts.pinning.fresh.map(({ replica, connections }) => [replica, connections]),
  )
}

function expectSays({ verdicts }: ReportJson, code: number | null, says: Says): void {
  const { balance, order, pinning, affinity, finds = [], failed = [], weights, exit = 0 } = says
  const { pace, versions, coldStarts } = says
  if (balance) expect(balance).toContain(verdicts.balance.verdict)
  if (order) expect(order, verdicts.order.sentence).toContain(verdicts.order.verdict)
  if (pinning) expect(pinning).toContain(verdicts.pinning.verdict)
  if (affinity) expect(affinity).toContain(verdicts.affinity.verdict)
  if (versions) expect(verdicts.weights).toMatchObject({ verdict: 'weighted', unit: versions })
  if (coldStarts) expect(coldStarts).toContain(verdicts.coldStarts.verdict)
  if (weights) {
    expect(verdicts.order.weights?.map(({ weight }) => Math.round(weight))).toEqual(weights)
  }
  if (pace) expect(pace, verdicts.pace.sentence).toContain(verdicts.pace.verdict)
  // None comes or goes in any of these.
  expect(verdicts.changes.verdict, verdicts.changes.sentence).not.toBe('changed')
  // Where requests are lost, how long none succeeded is up to the machine.
  const found = verdicts.decision.findings.filter((one) => one !== 'outage' || finds.length === 0)
  expect(found, verdicts.decision.sentence).toEqual(finds)
  expect(verdicts.failures.kinds.map(({ status }) => status)).toEqual(failed)
  expect(code).toBe(exit)
}

/** The arguments, with each path as a URL. */
function urlsOf(url: string, probe: readonly string[]): string[] {
  const args = probe.map((arg) => (arg.startsWith('/') ? url + arg : arg))
  return probe.some((arg) => arg.startsWith('/')) ? args : [url, ...args]
}

/** Probes a balancer, and compares the report with what was configured and what it counted. */
async function examine<Settings extends object>(
  { settings, replicas, probe = [], says }: Configuration<Settings>,
  start: (servers: readonly string[], settings: Settings) => Promise<Running>,
  counted: (running: Running, settings: Settings) => Promise<Map<string, number>>,
): Promise<void> {
  const { servers, nameOf } = await startKinds(replicas ?? ['served-by', 'served-by', 'served-by'])
  const running = await start(servers, settings)
  const { stdout, code } = await runProbe(...urlsOf(running.url, probe), '--quiet', '--json', '-')
  const report = parseReport(stdout)

  const layer4 = Object.values(settings).some((value) => value === 'stream' || value === 'tcp')
  const truth = [...(await counted(running, settings))].map(([server, count]) => [
    nameOf.get(server) ?? server,
    count,
  ])
  const counts = countsOf(report, layer4 ? 'connections' : 'requests')
  if (!says.finds?.includes('cached'))
    expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(truth))

  expectSays(report, code, says)
}

test.for(nginxConfigurations.map((one) => [`nginx: ${one.title}`, one] as const))(
  '%s',
  ([, configuration]) => examine(configuration, startNginx, countsOfNginx),
)

test.for(haproxyConfigurations.map((one) => [`haproxy: ${one.title}`, one] as const))(
  '%s',
  ([, configuration]) => examine(configuration, startHaproxy, countsOfHaproxy),
)
