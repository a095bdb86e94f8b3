import { type BareItem, DisplayString, parseItem, Token } from 'structured-headers'

/** What an answer says of the replica that gave it. */
export interface ServedBy {
  replica: string
  version?: string | undefined
  zone?: string | undefined
  boot?: string | undefined
  n?: number | undefined
  draining: boolean
}

function text(item: BareItem | undefined): string | undefined {
  if (typeof item === 'string') return item
  return item instanceof Token || item instanceof DisplayString ? item.toString() : undefined
}

/** Reads a `Served-By` field (RFC 9651 §3.3); `undefined` where there is none, or none that is. */
export function parseServedBy(field: string | null): ServedBy | undefined {
  if (field === null) return undefined
  try {
    const [name, parameters] = parseItem(field)
    const replica = text(name)
    const n = parameters.get('n')
    if (replica === undefined) return undefined
    return {
      replica,
      version: text(parameters.get('v')),
      zone: text(parameters.get('zone')),
      boot: text(parameters.get('boot')),
      n: typeof n === 'number' ? n : undefined,
      draining: parameters.get('draining') === true,
    }
  } catch {
    return undefined
  }
}
