import fc from 'fast-check'
import { Pool } from 'undici'
import { expect, test } from 'vitest'
import { main, startServer } from '../spawn-server.ts'
import { requests, type Sent } from './requests.ts'

const amount = 100_000
/** After so many, what is made once is there, and what was needed for the start is gone. */
const warmUp = 50_000
const atOnce = 50
/** Bytes that the heap may have grown by since then: a few hundred for each request would be more. */
const growth = 2_500_000

/** At SIGUSR2 it collects garbage and logs what is left, which the server itself does not offer. */
const heapReport = `process.on('SIGUSR2', async () => {
  gc()
  // What was finalized is collected the next time.
  await new Promise((resolve) => setTimeout(resolve, 500))
  gc()
  console.log(JSON.stringify({ level: 'info', msg: 'heap', ...process.memoryUsage() }))
})`
const flags = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(heapReport)}`]

/** What a browser shows as text, saves or reads as events, but never runs. */
const harmless =
  /^(application\/json|application\/problem\+json|text\/plain; charset=utf-8|application\/octet-stream|text\/event-stream)$/

/** Whether a status of 500 and more is just what the client wanted. */
function isAskedFor({ path }: Sent, status: number): boolean {
  return new URL(path, 'http://replica').pathname === `/status/${status}`
}

test(
  `${amount} generated requests make nothing fail, grow or run`,
  { timeout: 600_000 },
  async () => {
    const { child, url, log } = await startServer([...flags, main], {
      FAULTS: 'on',
      UPSTREAMS: 'http://127.0.0.1:9/',
      UPSTREAM_TIMEOUT: '0.1',
    })
    const pool = new Pool(url, { connections: atOnce })
    const seed = Date.now() % 2 ** 31
    const generated = fc.sample(requests, { numRuns: amount, seed })[Symbol.iterator]()

    const ask = async (sent: Sent) => {
      const { method, path, headers, body } = sent
      const response = await pool.request({ method, path, headers, body: body ?? null })
      const { statusCode: status } = response
      const {
        'content-type': type,
        'x-content-type-options': sniffing,
        ...others
      } = response.headers
      const isFine =
        (status < 500 || isAskedFor(sent, status)) &&
        (type === undefined || harmless.test(type.toString())) &&
        sniffing === 'nosniff' &&
        !('x-injected' in others)
      if (!isFine) expect.fail(JSON.stringify({ seed, sent, status, headers: response.headers }))
      response.body.on('error', () => undefined)
      // Streams, large bodies and slow ones are not what this is about.
      const isShort = type?.toString().endsWith('json') ?? false
      if (isShort) await response.body.dump()
      else response.body.destroy()
    }
    const askAll = async (count: number) => {
      const some = generated.take(count)
      const client = async () => {
        for (const sent of some) await ask(sent)
      }
      await Promise.all(Array.from({ length: atOnce }, client))
    }
    const heapUsed = async () => {
      const reports = () => log.filter(({ msg }) => msg === 'heap')
      const before = reports().length
      child.kill('SIGUSR2')
      await expect.poll(() => reports().length, { timeout: 60_000 }).toBe(before + 1)
      return Number(reports().at(-1)?.['heapUsed'])
    }

    await askAll(warmUp)
    const before = await heapUsed()
    await askAll(amount - warmUp)
    const after = await heapUsed()
    expect(after - before).toBeLessThan(growth)
    await pool.destroy()

    await fetch(`${url}faults`, { method: 'DELETE' })
    expect((await fetch(`${url}readyz`)).status).toBe(200)
    expect(child.exitCode).toBeNull()
  },
)
