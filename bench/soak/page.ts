import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import * as v from 'valibot'
import { startReplica } from '../replica.ts'
import { startBalancer } from '../rollout/balancer.ts'

// make page-soak: the live page in a real Chromium asks three replicas (processes of the production
// bundle) behind a real nginx for MINUTES, and must not grow after the tenth: its heap and the memory
// of its process by a quarter at most, its elements by none.

const minutes = Number(process.env['MINUTES'])
if (!(Number.isInteger(minutes) && minutes > 0))
  throw new RangeError('MINUTES must be a whole number above 0.')
const perSecond = 20
/** Minutes after which everything is there that the page keeps: single marks, and the oldest buckets. */
const settled = Math.min(10, minutes)
const allowed = 1.25

interface Sample {
  /** Bytes of JavaScript's heap after a collection. */
  readonly heap: number
  /** Resident bytes of the page's process. */
  readonly resident: number
  readonly elements: number
  /** The first two lines of the page. */
  readonly says: string
}

const processes = v.object({
  processInfo: v.array(v.object({ type: v.string(), id: v.number() })),
})

async function startSampling(browser: Browser, page: Page): Promise<() => Promise<Sample>> {
  const ofPage = await page.context().newCDPSession(page)
  const ofBrowser = await browser.newBrowserCDPSession()
  const { processInfo } = v.parse(processes, await ofBrowser.send('SystemInfo.getProcessInfo'))
  const renderer = processInfo.find(({ type }) => type === 'renderer')
  if (!renderer) throw new Error('Chromium names no process of the page.')
  return async () => {
    await ofPage.send('HeapProfiler.collectGarbage')
    const { usedSize } = await ofPage.send('Runtime.getHeapUsage')
    const status = await readFile(`/proc/${renderer.id}/status`, 'utf8')
    return {
      heap: usedSize,
      resident: 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]),
      elements: await page.locator('*').count(),
      says: (await page.locator('.headline').innerText()).replaceAll('\n', ' '),
    }
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

const replicas = await Promise.all(['web-1', 'web-2', 'web-3'].map((name) => startReplica(name)))
const balancer = await startBalancer(replicas.map(({ address }) => address))
// Debian's: playwright-core brings none.
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  const page = await browser.newPage()
  await page.goto(new URL('ui', balancer.url).href)
  await page.getByLabel('Requests a second').selectOption(`${perSecond}`)
  const sample = await startSampling(browser, page)
  const samples: Sample[] = []
  for (let minute = 1; minute <= minutes; minute += 1) {
    await setTimeout(60_000)
    const now = await sample()
    samples.push(now)
    const { heap, resident, elements, says } = now
    print(
      `${minute} min: heap ${megabytes(heap)}, resident ${megabytes(resident)}, ${elements} elements. ${says}`,
    )
  }
  const before = samples[settled - 1]
  const after = samples.at(-1)
  if (!before || !after) throw new RangeError('There are no samples.')
  const heap = after.heap / before.heap
  const resident = after.resident / before.resident
  const elements = after.elements - before.elements
  print(
    `since minute ${settled}: heap × ${heap.toFixed(2)}, resident × ${resident.toFixed(2)} (allowed ${allowed}), ${elements} more elements (allowed 0)`,
  )
  process.exitCode = heap <= allowed && resident <= allowed && elements <= 0 ? 0 : 1
} finally {
  await browser.close()
  await balancer.stop()
  for (const { process: child } of replicas) child.kill('SIGKILL')
}
