import { execFileSync } from 'node:child_process'
import { describe, expect, test, beforeAll, afterAll } from 'vitest'
import { conformance } from './conformance/index.ts'
import { startUpstream, type Upstream, upstreamPaths } from './conformance/upstream.ts'
import { type Child, start } from './runtimes/child.ts'
import { selected } from './runtimes/index.ts'

const replicaName = 'conformance-1'
const zone = 'eu-1a'
let upstream: Upstream

beforeAll(async () => {
  execFileSync('node', ['build/build.ts'])
  upstream = await startUpstream()
})
afterAll(() => {
  upstream.stop()
})

describe.for(selected)('$id', (runtime) => {
  let child: Child
  beforeAll(async () => {
    child = await start(runtime.command + (runtime.extra ?? ''), {
      REPLICA_NAME: replicaName,
      ZONE: zone,
      FAULTS: 'on',
      UPSTREAMS: upstreamPaths.map((path) => upstream.url + path).join(),
      UPSTREAM_TIMEOUT: '1',
      DRAIN_DELAY: '0',
    })
  })
  afterAll(async () => {
    await child.stop()
  })

  describe.for(Object.entries(conformance))('%s', ([, cases]) => {
    test.for(cases)('$name', async ({ run, deviations }) => {
      const result = run({ url: child.url, replicaName, zone, upstream: upstream.url, runtime })
      if (deviations?.[runtime.id]) await expect(result).rejects.toThrow()
      else await result
    })
  })
})
