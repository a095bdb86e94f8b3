import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseResponses } from '../response/responses.ts'
import { scrape } from '../scrape.ts'
import { main, startServer } from '../spawn-server.ts'
import { attack } from './attack.ts'
import { type Attack, attacks } from './requests.ts'

/** Every field that a response of ours may have. */
const fields = ['allow', 'cache-control', 'connection', 'content-length', 'content-type', 'date']
const ourFields = [...fields, 'keep-alive', 'served-by', 'x-content-type-options', 'x-request-id']
const served = /^"target";v="[^"]+";boot=b[0-9a-f]{8};n=\d+(;conn=\d+(;req=\d+)?)?$/

/** What may be in the metrics, whatever was sent. */
const series =
  /^http_\w+(\{(le="[^"]+",)?method="(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|other)",route="(\/|\/livez|\/readyz|\/version|\/whoami|unknown)"(,status="[24]\d\d")?\})?$/

/** Connections in a batch, and batches a kind: 23 kinds make 11 500 connections. */
const batch = 50
const batches = 10

/** Starts a server to attack; `check` says whether it has stood it. */
async function startTarget() {
  const env = { REPLICA_NAME: 'target', LOG_LEVEL: 'debug', DRAIN_DELAY: '0', DRAIN_TIMEOUT: '1' }
  const timeouts = { HEADER_TIMEOUT: '1', REQUEST_TIMEOUT: '1', IDLE_TIMEOUT: '1' }
  const { child, ended, metrics, url } = await startServer([main], { ...env, ...timeouts })
  const port = Number(new URL(url).port)

  const survive = async (attacked: readonly Attack[], leaves: boolean) => {
    const results = await Promise.all(attacked.map((one) => attack(port, one, leaves)))
    results.forEach((received, i) => {
      const sent = attacked[i]
      if (sent) checkAnswers(sent, received)
    })
    expect((await fetch(`${url}readyz`)).status).toBe(200)
  }

  const check = async () => {
    const names = [...(await scrape(metrics)).keys()].filter((name) => name.startsWith('http_'))
    expect(names.filter((name) => !series.test(name))).toEqual([])
    child.kill('SIGTERM')
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    // No control character, so no line but those that the server wrote.
    expect(stdout).toMatch(/^[\x20-\x7e\n]*$/)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.filter((line) => !/^\{"level":"(info|debug)",.*\}$/.test(line))).toEqual([])
    const end = /"msg":"(ready|request|draining|drained)"\}$/
    expect(lines.filter((line) => !end.test(line))).toEqual([])
  }
  return { survive, check }
}

function checkAnswers({ answers, refused }: Attack, received: string): void {
  const responses = parseResponses(received).filter(({ status }) => status !== 100)
  expect(responses.length).toBeLessThanOrEqual(answers)
  for (const response of responses) {
    const code = `${response.status}`
    expect(code).toMatch(refused ? /^4\d\d$/ : /^[24]\d\d$/)
    const names = response.fields.map(([name]) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !ourFields.includes(name))).toEqual([])
    expect(Object.fromEntries(response.fields)['served-by']).toMatch(served)
    if (response.body !== '') JSON.parse(response.body)
    expect(response.body).not.toMatch(/\bat \S+:\d+/)
  }
}

describe('the server stands', () => {
  test.for(Object.entries(attacks))('%s', async ([, attackOfKind]) => {
    const { survive, check } = await startTarget()
    const many = fc.array(attackOfKind, { minLength: batch, maxLength: batch })
    await fc.assert(
      fc.asyncProperty(many, (attacked) => survive(attacked, true)),
      { numRuns: batches },
    )
    await check()
  })

  test('all of them from clients that never close', async () => {
    const { survive, check } = await startTarget()
    const count = 1000
    const many = fc.array(fc.oneof(...Object.values(attacks)), {
      minLength: count,
      maxLength: count,
    })
    await fc.assert(
      fc.asyncProperty(many, (attacked) => survive(attacked, false)),
      { numRuns: 1, endOnFailure: true },
    )
    await check()
  })
})
