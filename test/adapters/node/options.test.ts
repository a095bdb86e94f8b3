import { afterEach, expect, test, vi } from 'vitest'
import { serve } from '../../../src/adapters/node/serve.ts'
import type { Handler } from '../../../src/handler/index.ts'

const closes: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closes.splice(0)) await close()
})

async function start(handler: Handler): Promise<string> {
  const server = await serve(handler, { port: 0, host: '127.0.0.1', drainDelay: 0 })
  closes.push(() => server.close())
  return server.url
}

test('a handler and a port are enough', async () => {
  const url = await start(() => new Response('hello'))
  expect(await (await fetch(url)).text()).toBe('hello')
})

test('a refusal of the adapter says nothing of a replica that nobody has named', async () => {
  const url = await start(() => new Response('hello'))
  const response = await fetch(`${url}${'x'.repeat(9000)}`)
  expect(response.status).toBe(414)
  expect([...response.headers.keys()]).not.toContain('served-by')
  expect(response.headers.get('x-request-id')).toBeNull()
})

test('the cause of a crash is written to stderr', async () => {
  const write = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const cause = new Error('a crash')
  const url = await start(() => {
    throw cause
  })
  expect((await fetch(url)).status).toBe(500)
  expect(write).toHaveBeenCalledWith(cause)
  write.mockRestore()
})
