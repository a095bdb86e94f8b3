import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'

const probe = fileURLToPath(new URL('../../src/probe/main.ts', import.meta.url))

const report = v.object({
  verdicts: v.object({
    balance: v.object({ replicas: v.array(v.unknown()) }),
    failures: v.object({ requests: v.number(), failures: v.number(), sentence: v.string() }),
    latency: v.object({ latency: v.object({ max: v.number() }) }),
  }),
})

export type Verdicts = v.InferOutput<typeof report>['verdicts']

/**
 * Sends requests with our own probe, in an open loop: whatever becomes of them, the next is sent
 * when it is due. Each has a new connection, because a reload of nginx closes idle ones of clients,
 * on which a request may be on its way; that would be a failure of nginx and not of a replica.
 * @param rate requests per second
 */
export async function sendLoad(url: string, requests: number, rate: number): Promise<Verdicts> {
  const directory = await mkdtemp(join(tmpdir(), 'rollout-'))
  const file = join(directory, 'report.json')
  const options = ['--requests', `${requests}`, '--rate', `${rate}`, '--connections', 'new']
  try {
    const child = spawn(process.execPath, [probe, url, ...options, '--json', file, '--quiet'], {
      stdio: 'inherit',
    })
    await once(child, 'exit')
    return v.parse(report, JSON.parse(await readFile(file, 'utf8'))).verdicts
  } finally {
    await rm(directory, { recursive: true })
  }
}
