import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import * as v from 'valibot'
import { main, startServer } from './spawn-server.ts'

interface Link {
  readonly hostname: string
  readonly hops: number
  readonly error?: string | undefined
  readonly upstreams: readonly { readonly body?: Link | undefined }[]
}

const link: v.GenericSchema<Link> = v.object({
  hostname: v.string(),
  hops: v.number(),
  error: v.optional(v.string()),
  upstreams: v.array(v.object({ body: v.optional(v.lazy(() => link)) })),
})

async function chain(url: string): Promise<Link> {
  return v.parse(link, await (await fetch(`${url}chain`)).json())
}

/** Who answered, one after the other, as far as the first upstream of each leads. */
function names({ hostname, upstreams: [next] }: Link): string[] {
  return [hostname, ...(next?.body ? names(next.body) : [])]
}

test('a chain of three replicas nests what each says, and counts the hops', async () => {
  const c = await startServer([main], { REPLICA_NAME: 'c' })
  const b = await startServer([main], { REPLICA_NAME: 'b', UPSTREAMS: `${c.url}chain` })
  const a = await startServer([main], { REPLICA_NAME: 'a', UPSTREAMS: `${b.url}chain` })
  const said = await chain(a.url)
  expect(names(said)).toEqual(['a', 'b', 'c'])
  expect(said.upstreams[0]?.body?.upstreams[0]?.body).toEqual({
    hostname: 'c',
    hops: 2,
    upstreams: [],
  })
})

test('a loop ends by itself with an error', async () => {
  const port = await freePort()
  const { url } = await startServer([main], {
    PORT: `${port}`,
    REPLICA_NAME: 'a',
    UPSTREAMS: `http://127.0.0.1:${port}/chain`,
  })
  const said = await chain(url)
  expect(names(said)).toEqual(['a', 'a', 'a', 'a', 'a', 'a'])
  expect(JSON.stringify(said)).toContain('the chain ends after 5 hops: a loop?')
})

/** A port that nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return address !== null && typeof address === 'object' ? address.port : 0
}
