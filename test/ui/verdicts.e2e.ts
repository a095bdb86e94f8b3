import { expect, test } from 'vitest'
import { startNginx } from '../probe/balancers/nginx/nginx.ts'
import { startReplica, startReplicas } from '../probe/balancers/replicas.ts'
import { freePort } from '../probe/balancers/run-balancer.ts'
import { decides, openPage, setRate, useBrowser, waiting } from './browser.ts'

const browser = useBrowser()

test('even: three replicas in turn', async () => {
  const { url } = await startNginx(await startReplicas(['a', 'b', 'c']))
  const page = await openPage(browser(), `${url}/ui`)
  await setRate(page, 20)
  await decides(page, /Fine: 3 replicas, even, in turn; \d+ of \d+ answered/)
  const shares = await page.locator('.rows .numbers div:first-child dd').allInnerTexts()
  expect(shares).toHaveLength(3)
  // The answers of now, so that one replica may be an answer ahead of another.
  for (const share of shares) expect(share).toMatch(/^3[0-6](\.\d)? %$/)
})

test('one replica is stopped, and then another takes its place', async () => {
  const [a = '', c = ''] = await startReplicas(['a', 'c'])
  const b = await startReplica('b')
  const port = `${await freePort()}`
  const { url } = await startNginx([a, b.address, c, `127.0.0.1:${port}`], {
    parameters: ['', '', '', 'fail_timeout=1s'],
  })
  const page = await openPage(browser(), `${url}/ui`)
  await setRate(page, 20)
  // A replica that gave only a few answers is not missed.
  await decides(page, /Fine: 3 replicas.* 1\d\d of 1\d\d answered/)
  b.child.kill('SIGTERM')
  await decides(page, /Not fine: b is gone since \d\d:\d\d:\d\d/)
  await page.getByText(/^gone since/).waitFor()
  await startReplica('d', { PORT: port })
  await decides(page, /Fine: 4 replicas[^]*b left at \d\d:\d\d:\d\d, d came at \d\d:\d\d:\d\d/)
})

test('one replica is sick: slow, then failing', async () => {
  const [a = '', b = ''] = await startReplicas(['a', 'b'])
  const sick = await startReplica('sick', { FAULTS: 'on' })
  const { url } = await startNginx([a, b, sick.address], {
    parameters: ['', '', 'max_fails=0'],
    location: 'proxy_next_upstream off;',
  })
  const page = await openPage(browser(), `${url}/ui`)
  await decides(page, /Fine: 3 replicas/)
  await beSick(sick.url, { latencyMs: 300, for: 3600 })
  await setRate(page, 20)
  await page.getByRole('button', { name: 'Reset' }).click()
  await decides(page, /Not fine: sick takes \d+ ms where the others take/)
  await beSick(sick.url, { errorRate: 0.5, for: 3600 })
  await decides(page, /Not fine: \d+ of \d+ lost \(500 by sick\)|\(503 by sick\)/)
  const failed = page.locator('.row', { hasText: 'sick' }).getByText(/\d+ failed/)
  await expect.poll(() => failed.isVisible(), waiting).toBe(true)
})

async function beSick(url: string, symptoms: object): Promise<void> {
  const { status } = await fetch(new URL('/faults', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(symptoms),
  })
  expect(status).toBe(200)
}

test('a canary of another version gets a tenth', async () => {
  const servers = await startReplicas(['a', 'b'])
  const { address } = await startReplica('canary', {
    NODE_OPTIONS: '--import=data:text/javascript,globalThis.SERVED_BY_VERSION=`0.3.0`',
  })
  const { url } = await startNginx(servers, {
    http: `
      split_clients $request_id $pool { 10% canary; * replicas; }
      upstream canary { zone canary 64k; server ${address}; keepalive 16; }`,
    pool: '$pool',
  })
  const page = await openPage(browser(), `${url}/ui`)
  await setRate(page, 50)
  await expect.poll(() => page.locator('.counts').innerText(), waiting).toMatch(/^[5-9]\d\d /)
  // 10 %, give or take five standard deviations of 500 draws.
  await decides(page, /Version 0\.3\.0\S* gives ([3-9]|1[0-7])\.\d % of the answers/)
})

test('everything comes from one replica: what to do', async () => {
  const { url } = await startNginx(await startReplicas(['a', 'b', 'c']), { method: 'ip_hash;' })
  const page = await openPage(browser(), `${url}/ui`)
  await page.getByRole('heading', { name: /^Everything comes from [abc]: is there/ }).waitFor()
  expect(await page.locator('.advice').innerText()).toContain(`curl -s ${url}/; echo`)
})
