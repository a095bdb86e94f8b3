import type { Exchange } from './exchange.ts'
import { numberMark, type Target, without } from './target.ts'

/** What one request asks for. */
export interface Ask {
  path: string
  /** Name, value, name, value … */
  headers: string[]
  key: Exchange['key']
}

/**
 * Makes what each request asks for. Which of several paths it is, is drawn: in turn, they would stay in
 * step with replicas that take turns.
 * @returns takes the request's number, and cookies instead of those that the headers have
 */
export function createAsks({ paths, headers }: Target): (number: number, cookie?: string) => Ask {
  const own = headers.some((text) => text.includes(numberMark))
  const ownPath = paths.map((path) => path.includes(numberMark))
  const [first = '/'] = paths
  const constant: Ask = { path: first, headers, key: undefined }
  const varies = own || paths.length > 1 || ownPath.includes(true)

  const withCookie = (given: string[], cookie: string | undefined) =>
    cookie === undefined ? given : [...without(given, 'cookie'), 'Cookie', cookie]
  return (number, cookie) => {
    if (!varies)
      return cookie === undefined ? constant : { ...constant, headers: withCookie(headers, cookie) }
    const drawn = Math.floor(Math.random() * paths.length)
    const fill = (text: string) => text.replaceAll(numberMark, `${number}`)
    return {
      path: fill(paths[drawn] ?? first),
      headers: withCookie(own ? headers.map(fill) : headers, cookie),
      key: own || ownPath[drawn] === true ? 'own' : drawn,
    }
  }
}
