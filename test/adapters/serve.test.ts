import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Child, start } from './runtimes/child.ts'
import { servers } from './runtimes/servers.ts'
import { serving } from './serve/index.ts'

describe.for(servers)('serve on $id', ({ id, command }) => {
  let shared: Child
  beforeAll(async () => {
    shared = await start(command)
  })
  afterAll(() => {
    shared.kill()
  })

  const alone = async (env: Record<string, string>) => {
    const child = await start(command, env)
    onTestFinished(child.kill)
    return child
  }

  describe.for(Object.entries(serving))('%s', ([, cases]) => {
    test.for(cases)('$name', async ({ run, env, deviations }) => {
      const child = env ? await alone(env) : shared
      const result = run(child.url, child)
      if (deviations?.[id]) await expect(result).rejects.toThrow()
      else await result
    })
  })
})
