import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { PlainResponse } from './node-response.ts'

/** Writes the heads of responses, with the time for which an idle connection is kept. */
export interface HeadWriter {
  /** Sets the head of a plain response, all of it. */
  readonly write: (plain: PlainResponse, to: ServerResponse) => void
  /** Adds what is about the connection, for Node to write with the fields that are set already. */
  readonly setKeepAlive: (to: ServerResponse) => void
}

/** Where Node keeps a head that is ready to be sent. Not documented, so it may be gone one day. */
interface WithHead {
  _header: string | null
}

/** Fields that say how a response is framed, or that Node adds by itself. */
const notOrdinary = new Set([
  ...['connection', 'date', 'expect', 'keep-alive', 'trailer', 'transfer-encoding', 'upgrade'],
])

/** A field name (RFC 9110 §5.1) in lower case. */
const nameInLowerCase = /^[!#$%&'*+.^_`|~0-9a-z-]+$/

/** What a field value may not hold (RFC 9110 §5.5). */
const notInValue = /[^\t\x20-\x7e\x80-\xff]/

/** More names than any service has; a bound, because a handler may take names from a client. */
const rememberedNames = 1000

/**
 * Makes a writer of heads. It puts most heads together by itself, the same as Node would: Node looks
 * up what each name means and checks it anew each time, which takes several times as long. What is
 * not ordinary is left to Node, and so is everything if it keeps heads elsewhere.
 * @param idleTimeout seconds
 */
export function createHeadWriter(idleTimeout: number): HeadWriter {
  const names = new Set<string>()
  const isOrdinary = (name: string) => {
    if (names.has(name)) return true
    if (!nameInLowerCase.test(name) || notOrdinary.has(name)) return false
    if (names.size < rememberedNames) names.add(name)
    return true
  }

  /** The lines of all fields, unless Node has to have a look at them. */
  const linesOf = (headers: PlainResponse['headers']) => {
    let lines = ''
    for (const name in headers) {
      const value = headers[name] ?? ''
      if (!isOrdinary(name) || notInValue.test(value)) return undefined
      lines += `${name}: ${value}\r\n`
    }
    return lines
  }

  const hint = `timeout=${Math.floor(idleTimeout)}`
  const keepAlive = `Connection: keep-alive\r\nKeep-Alive: ${hint}\r\n\r\n`

  const setKeepAlive = (to: ServerResponse) => {
    if (staysOpen(to)) to.setHeader('Connection', 'keep-alive').setHeader('Keep-Alive', hint)
  }

  return {
    setKeepAlive,
    write({ status, headers, body }, to) {
      // Without a body the head may have to say so, which is for Node to know.
      if (body !== null && hasPlaceForHead(to) && staysOpen(to)) {
        const lines = linesOf(headers)
        if (lines !== undefined) {
          const statusLine = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`
          to.statusCode = status
          to._header = `${statusLine}${lines}Date: ${dateNow()}\r\n${keepAlive}`
          return
        }
      }
      to.setHeaders(new Map(Object.entries(headers)))
      setKeepAlive(to)
      to.writeHead(status)
    },
  }
}

function hasPlaceForHead(to: ServerResponse): to is ServerResponse & WithHead {
  return '_header' in to && to._header === null
}

/** Whether nobody has said that the connection ends after this response. */
function staysOpen(to: ServerResponse): boolean {
  const { httpVersionMinor, headers } = to.req
  const { connection } = headers
  const asked = connection === undefined || connection.toLowerCase() === 'keep-alive'
  return asked && httpVersionMinor > 0 && !to.hasHeader('connection')
}

let date: string | undefined

/** The value of the Date field, made once a second. */
function dateNow(): string {
  if (date === undefined) {
    const now = new Date()
    date = now.toUTCString()
    setTimeout(() => (date = undefined), 1000 - now.getMilliseconds()).unref()
  }
  return date
}
