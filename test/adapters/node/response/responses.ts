/** A response as it came over the wire. */
export interface RawResponse {
  readonly status: number
  /** Names in lower case; a field that came twice stands in it twice. */
  readonly fields: readonly (readonly [string, string])[]
  readonly body: string
}

const head = /^HTTP\/1\.1 (\d{3}) [\x20-\x7e]*\r\n((?:[!-9;-~]+: [\x20-\x7e]*\r\n)*)\r\n/

/**
 * Splits what a connection gave into its responses.
 * @throws Error unless it is one whole response after the other and nothing else
 */
export function parseResponses(bytes: string): RawResponse[] {
  const responses: RawResponse[] = []
  let rest = bytes
  while (rest !== '') {
    const [whole, status, lines] = head.exec(rest) ?? []
    if (whole === undefined || lines === undefined) throw new Error(`no response: ${rest}`)
    const fields = lines.split('\r\n').slice(0, -1).map(parseField)
    rest = rest.slice(whole.length)
    const length = Number(fields.find(([name]) => name === 'content-length')?.[1] ?? 0)
    // After HEAD there is no body, but the next response or the end.
    const body = rest.startsWith('HTTP/1.1 ') ? '' : rest.slice(0, length)
    if (body !== '' && body.length < length) throw new Error(`not whole: ${whole}${body}`)
    rest = rest.slice(body.length)
    responses.push({ status: Number(status), fields, body })
  }
  return responses
}

function parseField(line: string): readonly [string, string] {
  const colon = line.indexOf(': ')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)]
}

/** The status codes of all responses that a connection gave. */
export function statusesOf(bytes: string): number[] {
  return parseResponses(bytes).map(({ status }) => status)
}
