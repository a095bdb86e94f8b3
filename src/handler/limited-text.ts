/**
 * Reads a body as text, unless it is longer than so many bytes.
 * @returns `undefined` if it is longer; what is left is not read then
 * @throws what the stream fails with
 */
export async function limitedText(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<string | undefined> {
  if (!body) return ''
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    bytes += chunk.value.byteLength
    if (bytes > limit) {
      // A stream that has failed meanwhile has nothing to cancel.
      void reader.cancel().catch(() => undefined)
      return undefined
    }
    text += decoder.decode(chunk.value, { stream: true })
  }
  return text + decoder.decode()
}
