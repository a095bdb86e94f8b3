import { Agent, request, type Dispatcher } from 'undici'
import { patience } from './wire.ts'

/** What came back, header field names in lower case, with the body read to its end. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Asks on a connection of its own, or on that of the dispatcher given. */
export async function ask(
  url: string,
  path = '/',
  options: Pick<Dispatcher.RequestOptions, 'body' | 'headers'> & {
    method?: string
    dispatcher?: Dispatcher
  } = {},
): Promise<Reply> {
  const { dispatcher = new Agent(), ...rest } = options
  const signal = AbortSignal.timeout(patience)
  try {
    const response = await request(new URL(url).origin + path, { ...rest, dispatcher, signal })
    const { statusCode: status, headers } = response
    return { status, headers, body: await response.body.text() }
  } finally {
    if (!options.dispatcher) await dispatcher.destroy()
  }
}
