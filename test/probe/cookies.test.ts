import { expect, test } from 'vitest'
import { createJar } from '../../src/probe/cookies.ts'
import { parseReport } from './report-json.ts'
import { runProbe } from './run-probe.ts'
import { startHttp } from './targets.ts'

test('a jar keeps what it is given until it is taken back', () => {
  const jar = createJar(undefined)
  expect(jar.header()).toBeUndefined()
  jar.keep(['a=1; Path=/; HttpOnly', 'b=2; Max-Age=60'])
  expect(jar.header()).toBe('a=1; b=2')
  jar.keep('a=3')
  jar.keep('b=; Max-Age=0')
  jar.keep('c=4; Expires=Thu, 01 Jan 1970 00:00:00 GMT')
  jar.keep('nonsense')
  jar.keep(undefined)
  expect(jar.header()).toBe('a=3')
})

test("the user's own cookies come first", () => {
  const jar = createJar('session=x')
  jar.keep('a=1')
  expect(jar.header()).toBe('session=x; a=1')
})

test('--cookies: a cookie that binds is seen, whichever connection a client uses', async () => {
  let next = 0
  const { href } = await startHttp(({ headers: { cookie = '' } }, response) => {
    const bound = /lb=(\d)/.exec(cookie)?.[1]
    const replica = bound ?? `${next++ % 3}`
    if (bound === undefined) response.setHeader('Set-Cookie', `lb=${replica}; Path=/`)
    response.setHeader('Served-By', `"web-${replica}";v="1.0.${replica}";boot=b${replica}`)
    response.end()
  })
  const { stdout } = await runProbe(href, '-n', '600', '--cookies', '30', '--json', '-')
  const { verdicts } = parseReport(stdout)
  expect(verdicts.affinity).toMatchObject({ verdict: 'cookie', jars: 30, moved: 0 })
  expect(verdicts.versions.versions).toHaveLength(3)
})
