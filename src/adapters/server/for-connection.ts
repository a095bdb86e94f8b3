import { hasNoContent, isAboutConnection, sortFields } from './response-fields.ts'

/**
 * The same response with only what holds for the connection that it is sent on; for runtimes that send
 * every field as it is. It is the same object if nothing is to be changed, because Bun and Deno send some
 * bodies otherwise when they come out of another response; else a new one: its header may be immutable.
 */
export function forConnection(response: Response, isClosing: boolean): Response {
  const { status, statusText } = response
  // An upgrade; to what, only the object itself knows.
  if (status === 101 || (!isClosing && isReady(response))) return response
  const { fields, declaredLength, closes } = sortFields(response)
  const headers = new Headers(fields)
  if (declaredLength !== undefined && !hasNoContent(response.status))
    headers.set('content-length', declaredLength)
  if (isClosing || closes) headers.set('connection', 'close')
  return new Response(response.body, { status, statusText, headers })
}

function isReady(response: Response): boolean {
  if (response.url || (hasNoContent(response.status) && response.headers.has('content-length')))
    return false
  for (const name of response.headers.keys()) if (isAboutConnection(name)) return false
  return true
}
