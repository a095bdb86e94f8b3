import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startUpstream } from './fetch-standard/compare.ts'
import { knownOn, listOf, unsteadyOn } from './fetch-standard/deviations.ts'
import { differences } from './fetch-standard/differences.ts'
import { subjects } from './fetch-standard/index.ts'
import { type Child, start } from './runtimes/child.ts'
import { servers } from './runtimes/servers.ts'

let upstream: Awaited<ReturnType<typeof startUpstream>>
beforeAll(async () => {
  upstream = await startUpstream()
})
afterAll(() => {
  upstream.close()
})

describe.for(servers)('what serve gives a handler on $id is what Fetch says', ({ id, command }) => {
  const isKnown = knownOn(id)
  const isUnsteady = unsteadyOn(id)
  let child: Child
  beforeAll(async () => {
    child = await start(command)
  })
  afterAll(() => {
    child.kill()
  })

  test.for(Object.entries(subjects))('%s', { timeout: 300_000 }, async ([subject, all]) => {
    const probes = all.filter(({ name }) => !isUnsteady(subject, name))
    const found = await differences(child.url, probes, upstream.authority)
    const names = new Set(found.map(({ name }) => name))
    const over = probes
      .map(({ name }) => name)
      .filter((name) => isKnown(subject, name) && !names.has(name))
    if (process.env['UPDATE'])
      takeOff(
        id,
        over.map((name) => `${subject}: ${name}`),
      )
    else expect(over, 'these are right now: take them off, or run with UPDATE=1').toEqual([])
    expect(
      found.filter(({ name }) => !isKnown(subject, name)),
      'these differ, and are not among the deviations',
    ).toEqual([])
  })
})

/** Takes probes off a runtime's list of what is to be put right. */
function takeOff(id: string, names: readonly string[]): void {
  if (names.length === 0) return
  const lines = readFileSync(listOf(id), 'utf8').split('\n')
  writeFileSync(listOf(id), lines.filter((line) => !names.includes(line)).join('\n'))
}
