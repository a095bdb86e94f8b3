import { Client } from 'undici'
import { actual, expected } from './compare.ts'
import { paths } from './index.ts'
import type { Probe } from './probe.ts'

/** A probe that gives one thing over a connection and another with a native `Request`. */
export interface Difference {
  readonly name: string
  readonly actual: unknown
  readonly expected: unknown
}

/** So many connections are used at a time: a probe that never settles must not hold up the others. */
const connections = 16

/** What is expected, by path: the same for every runtime. */
const natives = new Map<string, unknown>()

/** Tries all probes on the server at `url`; gives those whose outcome differs from the native one. */
export async function differences(
  url: string,
  probes: readonly Probe[],
  upstream: string,
): Promise<Difference[]> {
  const wanted = new Set(probes)
  // Shared by all connections, which take turns.
  const queue = [...paths].filter(([, probe]) => wanted.has(probe)).values()
  const found: Difference[] = []
  const work = async () => {
    let client = new Client(new URL(url).origin)
    for (const [path, probe] of queue) {
      const native = natives.get(path) ?? (await expected(path, probe, upstream))
      natives.set(path, native)
      const seen = await actual(client, path, probe, upstream).catch(async (cause: unknown) => {
        await client.destroy()
        client = new Client(new URL(url).origin)
        return String(cause)
      })
      if (JSON.stringify(seen) !== JSON.stringify(native))
        found.push({ name: probe.name, actual: seen, expected: native })
    }
    await client.destroy()
  }
  await Promise.all(Array.from({ length: connections }, work))
  return found
}
