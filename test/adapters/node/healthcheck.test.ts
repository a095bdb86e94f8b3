import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../../src/adapters/process/config.ts'
import { healthcheck } from '../../../src/adapters/node/healthcheck.ts'
import { StartError } from '../../../src/adapters/process/start-error.ts'

const network = setupServer()
beforeAll(() => {
  network.listen()
})
afterEach(() => {
  network.resetHandlers()
})
afterAll(() => {
  network.close()
})

const hosts: [Record<string, string>, string][] = [
  [{}, 'http://127.0.0.1:8000/readyz'],
  [{ PORT: '8010' }, 'http://127.0.0.1:8010/readyz'],
  [{ HOST: '192.0.2.1' }, 'http://192.0.2.1:8000/readyz'],
  [{ HOST: '::1', PORT: '8010' }, 'http://[::1]:8010/readyz'],
]

test.for(hosts)('with %o it asks %s', async ([env, url]) => {
  network.use(http.get(url, () => HttpResponse.json({ status: 'ready' })))
  await expect(healthcheck(readConfig(env))).resolves.toBeUndefined()
})

test('a replica that is not ready is unhealthy, with its status', async () => {
  network.use(http.get('*/readyz', () => new HttpResponse(null, { status: 503 })))
  await expect(healthcheck(readConfig({}))).rejects.toEqual(
    new StartError('Not ready: 127.0.0.1:8000 answered 503.', 1),
  )
})

test('a replica that cannot be reached is unhealthy', async () => {
  network.use(http.get('*/readyz', () => HttpResponse.error()))
  await expect(healthcheck(readConfig({}))).rejects.toEqual(
    new StartError('Not ready: 127.0.0.1:8000 does not answer.', 1),
  )
})
