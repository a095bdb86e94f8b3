import { expect } from 'vitest'
import { ask } from './contract.ts'
import { exchange } from '../wire.ts'
import type { Case } from './case.ts'

const close = 'Connection: close\r\n'

/** Cloudflare's edge stands before every Worker and looks at the framing itself. */
const edge = {
  workers: {
    reason: "workerd takes it: it relies on Cloudflare's edge, which refuses it",
    upstream: 'https://developers.cloudflare.com/fundamentals/api/reference/deprecations/',
  },
}

/** A message that no server may take for a request; it refuses it and ends the connection. */
function refused(
  name: string,
  message: (host: string) => string,
  deviations: Case['deviations'] = {},
): Case {
  return {
    deviations,
    name: `${name} is refused with 400`,
    async run({ url }) {
      const received = await exchange(url, message(new URL(url).host))
      expect(received).toMatch(/^HTTP\/1\.[01] 400 /)
      expect((await ask(url, '/livez')).status).toBe(200)
    },
  }
}

export const refusals: Case[] = [
  refused('what is not HTTP', () => 'garbage\r\n\r\n'),
  refused('HTTP/1.1 without a Host', () => `GET / HTTP/1.1\r\n${close}\r\n`, {
    deno: {
      reason: 'Deno puts the address that it listens on in its place',
      upstream: 'https://github.com/denoland/deno/issues/26554',
    },
  }),
  refused('two Hosts', (host) => `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: b\r\n${close}\r\n`, {
    ...edge,
    bun: {
      reason: 'Bun takes the first one',
      upstream: 'https://github.com/oven-sh/bun/pull/33717',
    },
  }),
  refused('a Host that is none', () => `GET / HTTP/1.1\r\nHost: a b/c\r\n${close}\r\n`, edge),
  refused(
    'a length together with chunks (request smuggling)',
    (host) =>
      `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n${close}\r\n0\r\n\r\n`,
    edge,
  ),
  refused(
    'two different lengths',
    (host) =>
      `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n${close}\r\nab`,
  ),
  refused(
    'a length that is no number',
    (host) => `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: +1\r\n${close}\r\na`,
  ),
  refused(
    'a space before the colon of a field',
    (host) => `GET / HTTP/1.1\r\nHost: ${host}\r\nX-A : b\r\n${close}\r\n`,
  ),
  refused(
    'a control character in a field',
    (host) => `GET / HTTP/1.1\r\nHost: ${host}\r\nX-A: a\x01b\r\n${close}\r\n`,
    edge,
  ),
]
