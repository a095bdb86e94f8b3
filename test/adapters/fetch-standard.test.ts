import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startUpstream } from './fetch-standard/compare.ts'
import { kindsOf } from './fetch-standard/deviations.ts'
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
  const isUnsteady = (subject: string, name: string) =>
    kindsOf(id, subject, name).some(({ unsteady }) => unsteady)
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
    const differing = new Set(found.map(({ name }) => name))
    const known = new Set(
      probes.map(({ name }) => name).filter((name) => kindsOf(id, subject, name).length > 0),
    )
    expect(known.difference(differing), 'these are right: no kind may have them').toEqual(new Set())
    expect(
      found.filter(({ name }) => !known.has(name)),
      'these differ, and are of no kind',
    ).toEqual([])
  })
})
