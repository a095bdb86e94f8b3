import { expect } from 'vitest'
import { ask } from './contract.ts'
import { exchange } from '../wire.ts'
import type { Case } from './case.ts'

const unknownMethod = {
  bun: {
    reason: 'Bun closes the connection without a response',
    upstream: 'https://github.com/oven-sh/bun/issues/6556',
  },
}

/** Sends a target as it is, which no client library would do, and gives the status. */
async function statusOf(url: string, target: string, method = 'GET'): Promise<string | undefined> {
  const { host } = new URL(url)
  const head = `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`
  return /^HTTP\/1\.1 (\d{3})/.exec(await exchange(url, head))?.[1]
}

function sent(target: string, status: string, why: string): Case {
  const short = target.length > 40 ? `${target.slice(0, 20)}…` : target
  return {
    name: `GET ${short} is ${status}: ${why}`,
    async run({ url }) {
      expect(await statusOf(url, target)).toBe(status)
    },
  }
}

export const targets: Case[] = [
  sent('/livez/', '404', 'a slash at the end is another path'),
  sent('/LIVEZ', '404', 'paths tell upper from lower case'),
  sent('//', '404', 'empty segments count'),
  sent('//livez', '404', 'two slashes do not begin a host'),
  sent('/%6Civez', '404', 'percent-encoding is not undone'),
  sent('/livez%00', '404', 'an encoded NUL ends nothing'),
  sent('/livez;v=1', '404', 'path parameters are part of the path'),
  sent('/%', '404', 'a bare percent sign is a path'),
  sent('/%E0%A4%A', '404', 'broken UTF-8 is a path'),
  sent('/constructor', '404', "the routing table is no object's prototype"),
  sent('/__proto__', '404', "the routing table is no object's prototype"),
  sent('/./livez', '200', 'dot segments go (RFC 3986 §5.2.4)'),
  sent('/nope/../livez', '200', 'dot segments go'),
  sent('/%2e%2e/livez', '200', 'encoded dot segments go'),
  sent('/?', '200', 'the query may be empty'),
  sent('/?a=1&a=2&b', '200', 'the query is not looked at'),
  sent('/livez?/nope?x=/', '200', 'the query may hold slashes and question marks'),
  sent('/livez?x=%zz%', '200', 'the query may be broken'),
  {
    ...sent('/livez?x={"a":[1]}|^', '200', 'the query may hold what should be encoded'),
    deviations: {
      workers: {
        reason: 'workerd refuses with 400 what RFC 3986 does not allow in a query',
        upstream:
          'https://github.com/capnproto/capnproto/blob/v2/c%2B%2B/src/kj/compat/url.c%2B%2B',
      },
    },
  },
  sent(`/livez?${'x'.repeat(4000)}`, '200', 'the query may be long'),
  sent(`/${'x'.repeat(4000)}`, '404', 'the path may be long'),
  {
    name: 'the absolute form of the target is understood (RFC 9112 §3.2.2)',
    async run({ url }) {
      expect(await statusOf(url, `${url}livez`)).toBe('200')
    },
  },
  {
    name: 'OPTIONS * asks about the service as a whole (RFC 9110 §7.1)',
    async run({ url }) {
      expect(await statusOf(url, '*', 'OPTIONS')).toBe('204')
    },
    deviations: {
      bun: {
        reason: "Bun's parser refuses the target with 400",
        upstream: 'https://github.com/oven-sh/bun/pull/32811',
      },
      workers: {
        reason: 'workerd puts the target behind the Host, which makes no URL: 400',
        upstream:
          'https://github.com/cloudflare/workerd/blob/main/src/workerd/io/worker-entrypoint.c++',
      },
    },
  },
  {
    name: 'a method that nobody knows is refused with 400, 405 or 501',
    async run({ url }) {
      expect(await statusOf(url, '/', 'BREW')).toMatch(/^(400|405|501)$/)
    },
    deviations: unknownMethod,
  },
  {
    name: 'methods tell upper from lower case: get is refused with 400, 405 or 501',
    async run({ url }) {
      expect(await statusOf(url, '/', 'get')).toMatch(/^(400|405|501)$/)
    },
    deviations: unknownMethod,
  },
  {
    name: 'a long query does not change the answer',
    async run({ url }) {
      const { body } = await ask(url, `/livez?${'a=b&'.repeat(500)}`)
      expect(body).toBe('{"status":"alive"}')
    },
  },
]
