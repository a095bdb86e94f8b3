import { expect, test } from 'vitest'
import { startHttp } from '../targets.ts'
import { startWatch } from '../watching.ts'
import { startNginx } from './nginx/nginx.ts'
import { startReplica } from './replicas.ts'

const goal = 30_000

/** What the watch tells at its default rate of a real balancer: it takes two minutes. */
test('a lost replica and 5 % failures are told within half a minute, and that they are over', async () => {
  const lost = await startReplica('lost')
  const steady = await startReplica('steady')
  let [n, failures, failing] = [0, 0, false]
  // One of three: one request in twenty-one fails.
  const flaky = await startHttp((_request, response) => {
    n += 1
    const fails = failing && n % 7 === 0
    if (fails) failures += 1
    response.writeHead(fails ? 503 : 200, { 'Served-By': `"flaky";boot=f;n=${n}` }).end()
  })
  const { url } = await startNginx([lost.address, steady.address, flaky.host])
  const watch = await startWatch(url)
  expect(await watch.told('replicas-seen')).toMatchObject({ replicas: ['flaky', 'lost', 'steady'] })

  const killed = Date.now()
  lost.child.kill('SIGKILL')
  const told = await watch.told('replica-lost')
  expect(told).toMatchObject({ replica: 'lost' })
  expect(Date.parse(told.time) - killed).toBeLessThan(goal)
  await startReplica('lost', { PORT: new URL(lost.url).port })
  expect(await watch.told('replica-back')).toMatchObject({ replica: 'lost' })

  failing = true
  const began = Date.now()
  const failed = await watch.told('failures')
  expect(failed.sentence).toMatch(/\d × 503 by flaky/)
  expect(Date.parse(failed.time) - began).toBeLessThan(goal)
  failing = false
  await watch.told('failures-over')

  const metrics = await (await fetch(watch.metrics)).text()
  expect(metrics).toContain(`served_by_probe_failures_total{outcome="replica-error"} ${failures}\n`)
  expect(metrics).toContain('served_by_probe_replica_lost{replica="lost"} 0\n')
  watch.child.kill('SIGTERM')
  expect((await watch.ended).code).toBe(0)
}, 300_000)
