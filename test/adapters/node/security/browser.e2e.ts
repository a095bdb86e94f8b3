import fc from 'fast-check'
import { chromium } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { main, startServer } from '../spawn-server.ts'
import { scripts } from './requests.ts'

const amount = 200

const paths = fc
  .tuple(
    fc.constantFrom('/whoami', '/status/200', '/status/404', '/chain', '/bytes/', '/delay/', '/'),
    fc.constantFrom('?x=', '?token=', '?interval=', '', '/'),
    fc.constantFrom(...scripts),
  )
  .map(([path, query, script]) => path + query + encodeURIComponent(script))

test(`a real Chromium runs nothing of ${amount} answers`, async () => {
  const { url } = await startServer([main], { FAULTS: 'on' })
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  onTestFinished(() => browser.close())
  const context = await browser.newContext()
  const page = await context.newPage()
  const ran: string[] = []
  let shown = 0
  const debug = await context.newCDPSession(page)
  await debug.send('Debugger.enable')
  debug.on('Debugger.scriptParsed', ({ url: script }) => {
    if (script.startsWith(url)) ran.push(`a script of ${script}`)
  })
  page.on('dialog', (dialog) => {
    ran.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/ran') ran.push('a request')
  })

  // Proof that it would be seen.
  await page.setContent('<script>fetch("/ran")</script>')
  await page.goto(`data:text/html,<script>fetch("${url}ran")</script>`)
  await expect.poll(() => ran).not.toEqual([])
  ran.length = 0

  for (const path of fc.sample(paths, amount)) {
    const script = scripts[shown % scripts.length] ?? ''
    const printable = /^[\x20-\x7e]*$/.test(script) ? script : 'x'
    await page.setExtraHTTPHeaders({ referer: printable, 'x-test': printable, accept: 'text/html' })
    // What is saved instead of shown ends the navigation.
    await page.goto(url.slice(0, -1) + path).catch(() => undefined)
    shown += 1
  }
  expect(ran).toEqual([])
  expect(shown).toBe(amount)
})
