import { sortFields } from '../server/response-fields.ts'
import { filled, type LambdaEvent, type LambdaResult } from './event.ts'

/**
 * Makes the result that the sender of the event can read. Content that is not text goes as base64.
 * Rejects if the response's body fails.
 */
export async function toResult(response: Response, event: LambdaEvent): Promise<LambdaResult> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const text = bytes.toString()
  const isBase64Encoded = !Buffer.from(text).equals(bytes)
  const content = {
    statusCode: response.status,
    body: isBase64Encoded ? bytes.toString('base64') : text,
    isBase64Encoded,
  }
  const { fields, declaredLength } = sortFields(response)
  if (declaredLength !== undefined) fields.push(['content-length', declaredLength])
  const headers = Object.fromEntries(fields)
  const cookies = response.headers.getSetCookie()
  if (event.version === '2.0') {
    delete headers['set-cookie']
    return { ...content, headers, cookies }
  }
  // A field has one value here: of several cookies only the last one gets through.
  if (event.requestContext.elb && !filled(event.multiValueHeaders)) return { ...content, headers }
  const multiValueHeaders: Record<string, string[]> = {}
  for (const [name, value] of fields) (multiValueHeaders[name] ??= []).push(value)
  return { ...content, multiValueHeaders }
}
