import { execFileSync } from 'node:child_process'
import { describe, expect, test, beforeAll, afterAll } from 'vitest'
import { conformance } from './conformance/index.ts'
import { type Child, start } from './runtimes/child.ts'
import { selected } from './runtimes/index.ts'

const replicaName = 'conformance-1'
const zone = 'eu-1a'

beforeAll(() => {
  execFileSync('node', ['build/build.ts'])
})

describe.for(selected)('$id', (runtime) => {
  let child: Child
  beforeAll(async () => {
    child = await start(runtime.command + (runtime.extra ?? ''), {
      REPLICA_NAME: replicaName,
      ZONE: zone,
      FAULTS: 'on',
      DRAIN_DELAY: '0',
    })
  })
  afterAll(async () => {
    await child.stop()
  })

  describe.for(Object.entries(conformance))('%s', ([, cases]) => {
    test.for(cases)('$name', async ({ run, deviations }) => {
      const result = run({ url: child.url, replicaName, zone, runtime })
      if (deviations?.[runtime.id]) await expect(result).rejects.toThrow()
      else await result
    })
  })
})
