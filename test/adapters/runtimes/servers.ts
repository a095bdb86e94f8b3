import { selected } from './index.ts'

const fixture = 'test/adapters/serve/fixture/main.ts'

/** The runtimes that have sockets and so a `serve`, each with the fixture that serves other people's handlers. */
export const servers = [
  { id: 'node', command: `node ${fixture}` },
  { id: 'bun', command: `bun ${fixture}` },
  { id: 'deno', command: `deno run --allow-net --allow-env --allow-sys=hostname ${fixture}` },
].filter((server) => selected.some(({ id }) => id === server.id))
