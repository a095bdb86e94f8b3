import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

/** What the handlers of these servers can do with a request, all of them in one process. */
function beside(...names: string[]): unknown {
  return JSON.parse(execFileSync(process.execPath, [main, ...names], { encoding: 'utf8' }))
}

const all = {
  'new Request(request)': 'hello',
  'new Request(url, request)': 'hello',
  'fetch(request)': 'hello',
  'fetch(new Request(request))': 'hello',
  'fetch(url, request)': 'hello',
  'request instanceof Request': 'true',
}
const refused: unknown = expect.stringContaining('TypeError')
const alone = {
  ours: all,
  // It replaces `Request` only, so that Node's `fetch` does not take its requests.
  hono: { ...all, 'fetch(request)': refused },
}

test.for([['ours'], ['hono'], ['ours', 'hono'], ['hono', 'ours'], ['ours', 'hono', 'ours']])(
  'beside @hono/node-server each does what it does alone: %s',
  (names) => {
    const expected = Object.entries(alone).filter(([name]) => names.includes(name))
    expect(beside(...names)).toEqual(Object.fromEntries(expected))
  },
)
