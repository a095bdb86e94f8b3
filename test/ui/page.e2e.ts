import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Page, Route } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { startNginx } from '../probe/balancers/nginx/nginx.ts'
import { startReplicas } from '../probe/balancers/replicas.ts'
import { decides, openPage, plainHost, useBrowser, waiting } from './browser.ts'

const browser = useBrowser()
const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** What the rules of WCAG 2.2 AA and axe's best practices find. */
async function violations(page: Page): Promise<unknown> {
  // As a debugger does it: the page's own policy would not let it in.
  await page.evaluate(axe)
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))`,
  )
}

test('axe finds nothing, in light and dark, wide and narrow, with trouble and without', async () => {
  const [a = ''] = await startReplicas(['a'])
  const { url } = await startNginx([a], {
    http: 'limit_req_zone $binary_remote_addr zone=clients:1m rate=5r/s;',
    location: 'limit_req zone=clients burst=30 nodelay;',
  })
  const page = await openPage(browser(), `${url}/ui`)
  await page.getByRole('heading', { name: /is there another/ }).waitFor()
  for (const trouble of [false, true]) {
    if (trouble) await page.getByRole('heading', { name: 'Failures' }).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1280, 390]) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 800 })
        expect(await violations(page)).toEqual([])
        const wide = await page.evaluate('document.documentElement.scrollWidth')
        expect(wide).toBeLessThanOrEqual(width)
      }
    }
  }
})

test('its policy lets nothing else run, and lets it ask nobody else', async () => {
  const { url } = await startNginx(await startReplicas(['a']))
  // Not one that must not ask for anything.
  const page = await browser().newPage()
  onTestFinished(() => page.close())
  await page.goto(`${url}/ui`)
  await page.locator('.decision').waitFor()
  await page.evaluate(`
    globalThis.refused = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      refused.push(effectiveDirective)
    })
    const add = (tag, properties) => {
      document.body.append(Object.assign(document.createElement(tag), properties))
    }
    add('script', { textContent: 'globalThis.ran = true' })
    add('style', { textContent: 'body { display: none }' })
    add('img', { src: 'http://127.0.0.2/' })
    add('iframe', { src: '/' })
    document.body.insertAdjacentHTML('beforeend', '<b onclick="globalThis.ran = true"></b>')
    document.querySelector('b').click()
    void fetch('http://127.0.0.2/').catch(() => undefined)`)
  const parts = ['connect-src', 'frame-src', 'img-src', 'script-src-attr', 'script-src-elem']
  await expect
    .poll(() => page.evaluate('[...new Set(refused)].sort()'), waiting)
    .toEqual([...parts, 'style-src-elem'])
  expect(await page.evaluate('globalThis.ran')).toBeUndefined()
})

test('behind a prefix, on plain http: it asks what is beside it, and copies', async () => {
  const [a = '', b = ''] = await startReplicas(['a', 'b'])
  const { url } = await startNginx([a, b], {
    location: '} location /deep/prefix/ { proxy_pass http://replicas/;',
  })
  const { port } = new URL(url)
  const page = await openPage(browser(), `http://${plainHost}:${port}/deep/prefix/ui`)
  await decides(page, /Fine: 2 replicas/)
  expect(await page.evaluate('isSecureContext')).toBe(false)
  await page.getByRole('button', { name: 'Copy as text' }).click()
  await page.getByText('Copied as text.').waitFor()
  expect(await pasted(page)).toMatch(/^Fine: 2 replicas[^]*deep\/prefix\/[^]*Balance: /)
  await page.getByRole('button', { name: 'Copy as JSON' }).click()
  await page.getByText('Copied as JSON.').waitFor()
  expect(JSON.parse(await pasted(page))).toMatchObject({ format: 'served-by-page/1' })
})

/** What is in the clipboard, by pasting it. */
async function pasted(page: Page): Promise<string> {
  await page.evaluate(`document.body.append(document.createElement('textarea'))`)
  const field = page.locator('textarea')
  await field.focus()
  await page.keyboard.press('Control+V')
  const text = await field.inputValue()
  await page.evaluate(`document.querySelector('textarea').remove()`)
  return text
}

test('by keyboard alone: pause, go on, begin anew', async () => {
  const { url } = await startNginx(await startReplicas(['a', 'b']))
  const page = await openPage(browser(), `${url}/ui`)
  await decides(page, /Fine: 2 replicas/)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Resume')
  await sleep(500)
  const counts = () => page.locator('.counts').innerText()
  const paused = await counts()
  // What there was stays to be looked at.
  expect(paused).toMatch(/ in ([2-9]|\d\d) s; paused$/)
  expect(await drawn(page)).toBeGreaterThan(0)
  await sleep(1000)
  expect(await counts()).toBe(paused)
  await page.keyboard.press('Space')
  await expect.poll(counts, waiting).not.toBe(paused)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await decides(page, /Too early to tell/)
})

/** How many pixels of the last seconds of the first lane have a colour. */
function drawn(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const { width, height } = document.querySelector('canvas')
    const context = document.querySelector('canvas').getContext('2d')
    const { data } = context.getImageData(width / 2, 0, width / 2, height)
    return data.filter((value) => value > 0).length
  })()`)
}

test('a hidden tab pauses, and what was in flight is no outage', async () => {
  const { url } = await startNginx(await startReplicas(['a', 'b']))
  const page = await openPage(browser(), `${url}/ui`)
  await decides(page, /Fine: 2 replicas/)
  const held: Route[] = []
  await page.route(`${url}/`, (route) => void held.push(route))
  await expect.poll(() => held.length, waiting).toBeGreaterThan(0)
  await hide(page, true)
  // What the browser does to a tab that it has frozen.
  for (const route of held) await route.abort()
  await page.unroute(`${url}/`)
  await sleep(500)
  let asked = 0
  page.on('request', () => (asked += 1))
  await sleep(1500)
  expect(asked).toBe(0)
  await hide(page, false)
  await expect.poll(() => asked, waiting).toBeGreaterThan(20)
  await decides(page, /Fine: 2 replicas.* (\d+) of \1 answered/)
})

test('who wants no motion sees steps of a second', async () => {
  const { url } = await startNginx(await startReplicas(['a']))
  const drawings = async (reducedMotion: 'no-preference' | 'reduce') => {
    const page = await openPage(browser(), `${url}/ui`, async (empty) => {
      await empty.clock.install()
      await empty.emulateMedia({ reducedMotion })
      await empty.addInitScript(`
        globalThis.drawings = 0
        const { clearRect } = CanvasRenderingContext2D.prototype
        CanvasRenderingContext2D.prototype.clearRect = function (...area) {
          globalThis.drawings += 1
          clearRect.apply(this, area)
        }`)
    })
    await page.locator('canvas').waitFor()
    const before = Number(await page.evaluate('drawings'))
    await page.clock.runFor(20_000)
    return Number(await page.evaluate('drawings')) - before
  }
  expect(await drawings('no-preference')).toBeGreaterThan(100)
  expect(await drawings('reduce')).toBeLessThan(50)
})

async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))`)
}
