import { expect, test } from 'vitest'
import { parseReport } from '../report-json.ts'
import { runProbe } from '../run-probe.ts'
import { startNginx } from './nginx/nginx.ts'
import { startReplicas } from './replicas.ts'

/* Many requests in flight come back in bursts, between which a replica has no answer for a moment. */
test.for([
  ['a high rate', ['-r', '2000', '-d', '2s']],
  ['many connections', ['-c', '64', '-n', '5000']],
] as const)('%s: no replica of those that are well has come or gone', async ([, args]) => {
  const { url } = await startNginx(await startReplicas(['a', 'b', 'c']))
  const { stdout, code } = await runProbe(url, ...args, '--max-failures', '0', '-q', '--json', '-')
  const { verdicts } = parseReport(stdout)
  expect(verdicts.changes).toMatchObject({ verdict: 'none', left: [], came: [], away: [], gone: 0 })
  expect(verdicts.failures.absences).toEqual([])
  expect(verdicts.decision.findings).toEqual([])
  expect(verdicts.balance.verdict).toBe('even')
  expect(code).toBe(0)
})
