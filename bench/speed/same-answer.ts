import { once } from 'node:events'
import { connect } from 'node:net'

/** A request as it goes over the wire. */
const requests = {
  '/': 'GET / HTTP/1.1\r\nHost: bench\r\n\r\n',
  '/version': 'GET /version HTTP/1.1\r\nHost: bench\r\n\r\n',
  '/echo':
    'POST /echo HTTP/1.1\r\nHost: bench\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ntext',
  '/form':
    'POST /form HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\nname=a&b=cd',
  '/proxy':
    'POST /proxy HTTP/1.1\r\nHost: bench\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ntext',
} as const

export type Path = keyof typeof requests

/**
 * The bytes that a server answers with, as text, without what differs from one response to the
 * next: the Date field is left out, and a name stands for each value that counts up. The fields are
 * sorted and their names in lower case, because not every framework lets its users choose that.
 * @param foreign without the fields about the connection too, which belong to the runtime
 */
export async function answerOf(url: string, path: Path, foreign = false): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname).setEncoding('latin1')
  socket.write(requests[path])
  let answer = ''
  socket.on('data', (chunk: string) => (answer += chunk))
  while (!isWhole(answer)) await once(socket, 'data')
  socket.destroy()

  const [head = '', body = ''] = answer.split('\r\n\r\n')
  const [status, ...fields] = head.split('\r\n')
  const ignored = foreign ? /^(date|connection|keep-alive):/i : /^date:/i
  const compared = fields
    .filter((field) => !ignored.test(field))
    .map((field) => field.replace(/^[^:]+/, (name) => name.toLowerCase()))
    .sort()
  return (
    [status, ...compared, '', body]
      .join('\n')
      // Some run from source. Not every runtime tells about the connection.
      .replace(/v="[^"]+";boot=b[0-9a-f]{8};n=\d+(;conn=\d+;req=\d+)?/, 'v="V";boot=BOOT;n=N')
      .replace(/(?<=x-request-id: )b[0-9a-f]{8}-\d+/, 'BOOT-N')
      .replace(/(?<="timestamp":)\d{10}\.\d{1,6}/, 'SECONDS')
      .replace(/(?<=content-length: )\d+/, 'LENGTH')
  )
}

function isWhole(answer: string): boolean {
  const [head = '', body] = answer.split('\r\n\r\n')
  const length = /^content-length: (\d+)$/im.exec(head)?.[1]
  return body?.length === Number(length)
}
