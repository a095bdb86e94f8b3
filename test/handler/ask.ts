import { createHandler } from '../../src/handler/index.ts'
import type { Replica } from '../../src/handler/replica.ts'
import { testReplica } from './test-replica.ts'

/** Calls the handler of a test replica directly, without a socket. A 500 fails the test. */
export async function ask(
  path: string,
  init: RequestInit = {},
  replica: Partial<Replica> = {},
): Promise<Response> {
  const onError = (cause: unknown) => {
    throw cause
  }
  const handler = createHandler(testReplica(replica), { onError })
  return handler(new Request(`http://replica.test${path}`, init), {})
}
