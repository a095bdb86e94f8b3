import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
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
  let shared: Child
  const startReplica = (env: Record<string, string> = {}) =>
    start(runtime.command + (runtime.extra ?? ''), {
      REPLICA_NAME: replicaName,
      ZONE: zone,
      FAULTS: 'on',
      UPSTREAMS: upstreamPaths.map((path) => upstream.url + path).join(),
      UPSTREAM_TIMEOUT: '1',
      DRAIN_DELAY: '0',
      ...env,
    })
  beforeAll(async () => {
    shared = await startReplica()
  })
  afterAll(async () => {
    await shared.stop()
  })
  const alone = async (env: Record<string, string>) => {
    const child = await startReplica(env)
    onTestFinished(child.kill)
    return child
  }

  describe.for(Object.entries(conformance))('%s', ([, cases]) => {
    test.for(cases)('$name', async ({ run, env, deviations }) => {
      const child = env ? await alone(env) : shared
      const target = { url: child.url, replicaName, zone, upstream: upstream.url, runtime }
      const result = run(target, child)
      if (deviations?.[runtime.id]) await expect(result).rejects.toThrow()
      else await result
    })
  })
})
