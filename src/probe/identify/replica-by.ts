import { compile } from 'json-p3'
import { printable } from '../../measure/printable.ts'
import { type IdentifyReplica, jsonOf, textOf } from './identify.ts'
import { identifyKnownService } from './known-services.ts'
import { createServedByIdentify } from './served-by.ts'

/** `regex:/pattern/flags`, or `regex:pattern` without flags. */
const delimited = /^\/(.*)\/([A-Za-z]*)$/s

function byHeader(name: string): IdentifyReplica {
  const key = name.toLowerCase()
  return ({ headers }) => {
    const value = headers[key]
    if (value === undefined) return undefined
    return { replica: printable(typeof value === 'string' ? value : value.join(', ')) }
  }
}

function byJsonPath(path: string): IdentifyReplica {
  const query = compile(path)
  return (answer) => {
    const json = jsonOf(answer)
    const value = json === undefined ? undefined : query.match(json)?.value
    return typeof value === 'string' || typeof value === 'number'
      ? { replica: printable(String(value)) }
      : undefined
  }
}

function byPattern(text: string): IdentifyReplica {
  const [, pattern = text, flags] = delimited.exec(text) ?? []
  // They would make a search begin where the last one ended, in another answer's body.
  if (/[gy]/.test(flags ?? ''))
    throw new Error('the flags g and y are not for this: leave them out')
  const expression = new RegExp(pattern, flags)
  return (answer) => {
    const found = expression.exec(textOf(answer))
    const name = found?.[1] ?? found?.[0]
    return name === undefined ? undefined : { replica: printable(name) }
  }
}

/**
 * Reads the grammar of `--replica-by`:
 * `auto` (Served-By, else the body of a known service), `served-by`, `header:NAME`,
 * `json:PATH` (JSONPath, RFC 9535), `regex:PATTERN` or `regex:/PATTERN/FLAGS` over the body, where
 * the first group counts, else the whole match.
 * @throws Error for anything else, and for a path or pattern that does not parse
 */
export function parseReplicaBy(text: string): IdentifyReplica {
  const colon = text.indexOf(':')
  const kind = (colon < 0 ? text : text.slice(0, colon)).toLowerCase()
  const rest = colon < 0 ? '' : text.slice(colon + 1)
  if (kind === 'auto' && rest === '') {
    const servedBy = createServedByIdentify()
    return (answer) => servedBy(answer) ?? identifyKnownService(answer)
  }
  if (kind === 'served-by' && rest === '') return createServedByIdentify()
  if (kind === 'header' && rest !== '') return byHeader(rest)
  if (kind === 'json' && rest !== '') return byJsonPath(rest)
  if (kind === 'regex' && rest !== '') return byPattern(rest)
  throw new Error('not auto, served-by, header:NAME, json:PATH or regex:PATTERN')
}
