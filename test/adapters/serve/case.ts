import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import type { Deviation } from '../conformance/case.ts'
import { ask } from '../client.ts'
import type { Child } from '../runtimes/child.ts'
import { patience } from '../wire.ts'

/** Something that `serve` does on every runtime, except on those named. */
export interface ServeCase {
  readonly name: string
  /** Throws if it is not so. `url` is that of the fixture. */
  readonly run: (url: string, child: Child) => Promise<void>
  /** Gives the case a fixture of its own with these settings; otherwise it shares one. */
  readonly env?: Readonly<Record<string, string>>
  readonly deviations?: Readonly<Record<string, Deviation>>
}

const texts = v.pipe(v.string(), v.parseJson(), v.array(v.string()))

/** A new name for a request to the fixture, and what can be asked about it. */
export function named(url: string) {
  const headers = { 'x-id': crypto.randomUUID() }
  return {
    headers,
    events: async () => v.parse(texts, (await ask(url, '/events', { headers })).body),
    release: () => ask(url, '/release', { headers }),
    /** The head of a raw request. */
    head: (line: string, fields = '') =>
      `${line} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nX-Id: ${headers['x-id']}\r\n${fields}\r\n`,
  }
}

/** Everything that the fixture was told to have failed. */
export async function errors(url: string): Promise<string[]> {
  return v.parse(texts, (await ask(url, '/errors')).body)
}

/** Asks again and again until the answer is the one wanted; throws if it never is. */
export async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patience
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`It has not come true: ${condition.toString()}`)
    await sleep(10)
  }
}
