import { expect, test } from 'vitest'
import { startNginx } from '../probe/balancers/nginx/nginx.ts'
import { startReplicas } from '../probe/balancers/replicas.ts'
import { openPage, setRate, useBrowser } from './browser.ts'

const browser = useBrowser()

/** Stands in for the network, which an hour would take an hour: three replicas in turn. */
const answers = `
  let n = 0
  globalThis.fetch = async () => {
    n += 1
    const headers = { 'Served-By': '"web-' + (n % 3) + '";v="0.2.0";boot=b' + (n % 3) + ';n=' + n }
    return new Response('{"timestamp":' + Date.now() / 1000 + '}', { headers })
  }`

test('an hour at 20 a second, in a hurry: the page has not grown', async () => {
  const { url } = await startNginx(await startReplicas(['a']))
  const page = await openPage(browser(), `${url}/ui`, async (empty) => {
    await empty.clock.install()
    await empty.addInitScript(answers)
    // Drawn once a second: most of the hour would be drawing.
    await empty.emulateMedia({ reducedMotion: 'reduce' })
  })
  await setRate(page, 20)
  const session = await page.context().newCDPSession(page)
  const size = async () => {
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    return { usedSize, elements: await page.locator('*').count() }
  }
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute += 1) await page.clock.runFor(60_000)
  }
  await minutes(10)
  const before = await size()
  await minutes(50)
  const after = await size()
  const counts = await page.locator('.counts').innerText()
  expect(Number(counts.replaceAll(' ', '').replace(/requests.*/s, ''))).toBeGreaterThan(71_000)
  expect(await page.locator('.decision').innerText()).toMatch(/Fine: 3 replicas, even, in turn/)
  expect(after.elements).toBe(before.elements)
  // Sixty thousand answers kept one by one would be as much again.
  expect(after.usedSize).toBeLessThan(before.usedSize * 1.25)
}, 900_000)
