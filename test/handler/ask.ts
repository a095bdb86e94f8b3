import type { Connection } from '../../src/handler/connection.ts'
import { createHandler, type HandlerOptions } from '../../src/handler/index.ts'
import type { Replica } from '../../src/handler/replica.ts'
import { testReplica } from './test-replica.ts'

/** Calls the handler of a test replica directly, without a socket. A 500 fails the test. */
export async function ask(
  path: string,
  init: RequestInit = {},
  replica: Partial<Replica> = {},
  options: Partial<HandlerOptions> & { connection?: Connection } = {},
): Promise<Response> {
  const { connection = {}, ...rest } = options
  const onError = (cause: unknown) => {
    throw cause
  }
  const handler = createHandler(testReplica(replica), { onError, ...rest })
  return handler(new Request(`http://replica.test${path}`, init), connection)
}
