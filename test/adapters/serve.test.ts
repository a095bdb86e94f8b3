import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Child, start } from './runtimes/child.ts'
import { selected } from './runtimes/index.ts'
import { serving } from './serve/index.ts'

const fixture = 'test/adapters/serve/fixture/main.ts'

/** The runtimes that have sockets and so a `serve`. */
const servers = [
  { id: 'node', command: `node ${fixture}` },
  { id: 'bun', command: `bun ${fixture}` },
  { id: 'deno', command: `deno run --allow-net --allow-env --allow-sys=hostname ${fixture}` },
].filter((server) => selected.some(({ id }) => id === server.id))

if (servers.length === 0) test.skip('none: the RUNTIME asked for has no sockets, and so no serve')

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
