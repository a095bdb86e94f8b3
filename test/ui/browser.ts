import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'

/** Debian's; playwright-core brings none. */
export const executablePath = '/usr/bin/chromium'

/** A host name that is not this machine's own: a page from there is no secure context. */
export const plainHost = 'app.example'

/** A browser for all tests of a file. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined
  beforeAll(async () => {
    const args = ['--no-sandbox', `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`]
    browser = await chromium.launch({ executablePath, args })
  })
  afterAll(() => browser?.close())
  return () => {
    if (!browser) throw new Error('There is no browser yet.')
    return browser
  }
}

/**
 * An open page, closed with the test. Nothing may go wrong in it, and it may ask nobody else.
 *
 * @param prepare called before it loads
 */
export async function openPage(
  browser: Browser,
  url: string,
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const { origin } = new URL(url)
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (message) => {
    // Chromium reports each answer that is an error.
    const answer = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !answer) wrong.push(message.text())
  })
  page.on('request', (request) => {
    const to = request.url()
    if (!to.startsWith(`${origin}/`) && !to.startsWith('data:')) wrong.push(`asked ${to}`)
  })
  onTestFinished(() => {
    expect(wrong).toEqual([])
  })
  await prepare(page)
  await page.goto(url)
  return page
}

/** Waits until the first line of the page says that. */
export async function decides(page: Page, what: RegExp): Promise<void> {
  await expect.poll(() => page.locator('.headline').innerText(), waiting).toMatch(what)
}

/** For hangs only. */
export const waiting = { timeout: 60_000, interval: 200 }

/** @param perSecond one of those that the page offers */
export async function setRate(page: Page, perSecond: number): Promise<void> {
  await page.getByLabel('Requests a second').selectOption(`${perSecond}`)
}
