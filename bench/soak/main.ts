import { startReplica } from '../replica.ts'
import { createMix } from './mix.ts'

// make soak: a million requests to one replica (a process of the production bundle). Its resident
// memory must not grow in the second half beyond noise: its mean in the last quarter is at most 5 %
// above that in the quarter before. With about 100 MB that finds a leak of 20 bytes a request.

const requests = 1_000_000
const concurrency = 32
const sampleEvery = 10_000
const printEvery = 100_000
const noise = 0.05

const replica = await startReplica('soak')
const { mix, end } = createMix(new URL(`http://${replica.address}`), concurrency)
/** Resident bytes, one a sample. */
const samples: number[] = []

async function residentMemory(): Promise<number> {
  const page = await (await fetch(`${replica.metrics}metrics`)).text()
  return Number(/^process_resident_memory_bytes (.+)$/m.exec(page)?.[1])
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

let sent = 0
async function work(): Promise<void> {
  while (sent < requests) {
    const send = mix[sent % mix.length]
    sent += 1
    const number = sent
    await send?.()
    if (number % sampleEvery === 0) samples.push(await residentMemory())
    if (number % printEvery === 0) print(`${number} requests: ${megabytes(samples.at(-1) ?? 0)}`)
  }
}

try {
  await Promise.all(Array.from({ length: concurrency }, work))
  await end()
  const quarter = samples.length / 4
  const before = mean(samples.slice(2 * quarter, 3 * quarter))
  const after = mean(samples.slice(3 * quarter))
  const growth = after / before - 1
  print(`third quarter ${megabytes(before)}, last quarter ${megabytes(after)}`)
  print(`growth ${(100 * growth).toFixed(1)} %, allowed ${100 * noise} %`)
  process.exitCode = growth <= noise ? 0 : 1
} finally {
  replica.process.kill('SIGKILL')
}
