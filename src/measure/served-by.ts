import { type BareItem, DisplayString, parseItem, Token } from 'structured-headers'
import type { Observation } from './observation.ts'
import { printable } from './printable.ts'

/** What an answer says of the replica that gave it. */
export interface ServedBy extends Pick<
  Observation,
  'boot' | 'n' | 'draining' | 'version' | 'zone'
> {
  replica: string
}

/** Text in any of the three types that RFC 9651 has for it. */
function textual(item: BareItem | undefined): string | undefined {
  if (typeof item === 'string') return printable(item)
  return item instanceof Token || item instanceof DisplayString
    ? printable(item.toString())
    : undefined
}

const integer = (item: BareItem | undefined) => (typeof item === 'number' ? item : undefined)

/** Reads a `Served-By` field, an Item of RFC 9651 §3.3; `undefined` where it is none, or names nobody. */
export function parseServedBy(field: string): ServedBy | undefined {
  try {
    const [name, parameters] = parseItem(field)
    const replica = textual(name)
    if (replica === undefined) return undefined
    return {
      replica,
      version: textual(parameters.get('v')),
      zone: textual(parameters.get('zone')),
      boot: textual(parameters.get('boot')),
      n: integer(parameters.get('n')),
      draining: parameters.get('draining') === true,
    }
  } catch {
    return undefined
  }
}
