// Fetch §5.4: clone(), and a request as what another one is made of, or as what is fetched.
import { readers } from './bodies.ts'
import { fieldsSeen, framed, type Parts } from './parts.ts'
import { attempt, type Probe } from './probe.ts'

/** What a server is told of a request, and its content. */
async function whole(request: Request): Promise<unknown> {
  const { method, url, signal } = request
  return {
    ...{ method, url, aborted: signal.aborted },
    headers: fieldsSeen(request.headers),
    hasBody: request.body !== null,
    text: await attempt(() => request.text()),
  }
}

/** What a request says of how it is to be fetched. */
const manner = ({ redirect, cache, mode, credentials, referrer }: Request) => ({
  ...{ redirect, cache, mode, credentials, referrer },
})

const clones: Readonly<Record<string, Probe['look']>> = {
  'is a Request like it': (r) => whole(r.clone()),
  'is to be fetched like it': (r) => manner(r.clone()),
  'is another one': (r) => {
    const clone = r.clone()
    return [clone === r, clone.headers === r.headers, clone.body !== null && clone.body === r.body]
  },
  'has the same URL': (r) => r.clone().url === r.url,
  'is of the same class': (r) => {
    const clone = r.clone()
    return [
      clone instanceof Request,
      clone.constructor === Request,
      Object.prototype.toString.call(clone),
    ]
  },
  'leaves the request whole': async (r) => [(await whole(r.clone())) !== null, await whole(r)],
  'read after the request': async (r) => {
    const clone = r.clone()
    return [await whole(r), clone.bodyUsed, await whole(clone)]
  },
  'both read at once': (r) => Promise.all([whole(r), whole(r.clone())]),
  'three times': (r) => Promise.all([r.clone(), r.clone(), r].map(whole)),
  'of a clone': async (r) => {
    const clone = r.clone()
    return [await whole(clone.clone()), await whole(clone), await whole(r)]
  },
  'cancelled before the request is read': async (r) => {
    void r.clone().body?.cancel()
    return whole(r)
  },
  'left alone while the request is read': async (r) => {
    r.clone()
    return [await whole(r), r.bodyUsed]
  },
  'each reader on a clone': (r) =>
    Promise.all(Object.values(readers).map((read) => attempt(() => read(r.clone())))),
  'after a look at its body': (r) => [r.body === null, r.clone().bodyUsed, r.bodyUsed],
  'bodyUsed of each': async (r) => {
    const clone = r.clone()
    await clone.text()
    return [clone.bodyUsed, r.bodyUsed]
  },
}

/** What a proxy takes over; a body that is a stream needs `duplex` (Fetch §5.4). */
const partsOf = ({ method, body }: Request) => ({ method, body, duplex: 'half' })

const other = 'http://other.test/path?q'
const made: Readonly<Record<string, (request: Request) => Request>> = {
  'new Request(request)': (r) => new Request(r),
  'new Request(request, undefined)': (r) => new Request(r, undefined),
  'new Request(request, {})': (r) => new Request(r, {}),
  'new Request(request, { method })': (r) => new Request(r, { method: 'PATCH' }),
  'new Request(request, { headers })': (r) => new Request(r, { headers: { 'x-new': '1' } }),
  'new Request(request, { body })': (r) => new Request(r, { method: 'PUT', body: 'other' }),
  'new Request(request, { redirect, signal })': (r) =>
    new Request(r, { redirect: 'manual', signal: AbortSignal.abort() }),
  'new Request(request, request)': (r) => new Request(r, r),
  'new Request(url, request)': (r) => new Request(other, r),
  'new Request(URL, request)': (r) => new Request(new URL(other), r),
  'new Request(url, parts of it)': (r) => new Request(other, { headers: r.headers, ...partsOf(r) }),
  'new Request(request.url, request)': (r) => new Request(r.url, r),
  'new Request(request.clone())': (r) => new Request(r.clone()),
  'new Request(new Request(request))': (r) => new Request(new Request(r)),
  'new Request(request).clone()': (r) => new Request(r).clone(),
}

/** What is left of the request that another one was made of. */
const left = (r: Request) => [r.bodyUsed, r.body?.locked]

const hopped: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  'fetch(request)': (r) => fetch(r),
  'fetch(request, init)': (r) => fetch(r, { headers: { 'x-new': '1' } }),
  'fetch(url, request)': (r) => fetch(`${r.url}?other`, r),
  'fetch(URL, request)': (r) => fetch(new URL(`${r.url}?other`), r),
  'fetch(new Request(request))': (r) => fetch(new Request(r)),
  'fetch(new Request(url, request))': (r) => fetch(new Request(`${r.url}?other`, r)),
  'fetch(request.clone())': (r) => fetch(r.clone()),
  'fetch(url, parts of it)': (r) => fetch(r.url, partsOf(r)),
}

const requests: [string, Parts][] = [
  ['GET', { fields: [['x-a', '1']] }],
  ['HEAD', { method: 'HEAD' }],
  ['DELETE without content', { method: 'DELETE', rest: '?a=1' }],
  ...framed(['a text', 'more than one packet']),
]

export const cloning: Probe[] = requests.flatMap(([of, parts]) =>
  Object.entries(clones).map(([name, look]) => ({ name: `${of}: ${name}`, parts, look })),
)

export const copying: Probe[] = requests.flatMap(([of, parts]) =>
  Object.entries(made).flatMap(([name, make]) => [
    {
      name: `${of}: ${name}`,
      parts,
      look: (request: Request) => attempt(async () => whole(make(request))),
    },
    {
      name: `${of}: how it is to be fetched after ${name}`,
      parts,
      look: (request: Request) => attempt(() => manner(make(request))),
    },
    {
      name: `${of}: what is left after ${name}`,
      parts,
      look: async (request: Request) => [
        await attempt(() => void make(request)),
        left(request),
        await attempt(() => request.text()),
      ],
    },
  ]),
)

export const fetching: Probe[] = requests.flatMap(([of, own]) => {
  const parts: Parts = { ...own, toUpstream: true }
  return Object.entries(hopped).flatMap(([name, hop]) => [
    {
      name: `${of}: ${name}`,
      parts,
      look: (request: Request) =>
        attempt(async () => {
          const response = await hop(request)
          return [response.status, await response.text()]
        }),
    },
    {
      name: `${of}: what is left after ${name}`,
      parts,
      look: async (request: Request) => [
        await attempt(async () => (await hop(request)).text()),
        left(request),
      ],
    },
  ])
})
