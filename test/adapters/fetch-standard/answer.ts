import { paths } from './index.ts'
import { outcome } from './probe.ts'

/** Answers a request that names a probe by what that probe gives for it. */
export async function answerProbe(request: Request): Promise<Response> {
  // Nothing but the URL is looked at before the probe does.
  const path = /^\/fetch-standard\/\d+-\d+/.exec(new URL(request.url).pathname)?.[0] ?? ''
  return respond(request, path, 10_000)
}

/**
 * The response of the probe of this path, for whatever `Request`.
 * @param patience milliseconds that the probe may take
 */
export async function respond(request: Request, path: string, patience: number): Promise<Response> {
  const probe = paths.get(path)
  let given: Response | undefined
  const result = await outcome(async () => {
    const value = await probe?.look(request)
    if (value instanceof Response) given = value
    return value
  }, patience)
  if (given) return given
  const text = JSON.stringify({ result })
  const headers = { 'content-type': 'application/json' }
  // A response to HEAD has no content to put it in.
  return probe?.parts.method === 'HEAD'
    ? new Response(null, { headers: { ...headers, 'x-result': encodeURIComponent(text) } })
    : new Response(text, { headers })
}
