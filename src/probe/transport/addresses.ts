import { lookup as lookupName } from 'node:dns'
import { lookup as resolveName } from 'node:dns/promises'
import type { LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { UnknownHostError } from '../exit-codes.ts'
import { messageOf } from '../failure.ts'

/** How the connections to one address went. */
export interface AddressUse {
  address: string
  /** Connections that were made. */
  connections: number
  /** Attempts that failed, and why the last one did. */
  failed: number
  error?: string | undefined
}

/** The addresses of the target, each in its turn for a new connection. */
export interface Addresses {
  /** For `net.connect`: all that may be tried, beginning with the one whose turn it is. */
  lookup: LookupFunction
  connected(address: string): void
  failed(address: string, error: Error): void
  /** Those of the family that is in use, in the order in which they were tried first. */
  used(): AddressUse[]
}

/** Milliseconds for which an answer of the resolver holds: pods come and go in less than a minute. */
const freshFor = 1000
/** Addresses that are remembered: a service that is watched for months has ever new ones. */
const maxUses = 1000

/** Begins with the item whose turn it is. */
function rotate<Item>(items: readonly Item[], turn: number): Item[] {
  const first = turn % Math.max(items.length, 1)
  return [...items.slice(first), ...items.slice(0, first)]
}

/** Asks the system's resolver, at most once a second. */
function createResolver(): (name: string) => Promise<LookupAddress[]> {
  let asked = -Infinity
  let answer: Promise<LookupAddress[]> = Promise.resolve([])
  return (name) => {
    if (performance.now() - asked >= freshFor) {
      asked = performance.now()
      answer = resolveName(name, { all: true })
    }
    return answer
  }
}

/**
 * Every address of the family that connects first is used in turn, as by a client that reads all of
 * what the resolver says. Where one fails, the next one is tried for the same connection.
 * @param fixed stand in for what the resolver says
 */
export function createAddresses(fixed: readonly string[] = []): Addresses {
  const uses = new Map<string, AddressUse>()
  const resolve = createResolver()
  let family: number | undefined
  let turn = 0

  const useOf = (address: string) => {
    const use = uses.get(address) ?? { address, connections: 0, failed: 0 }
    uses.set(address, use)
    const [oldest] = uses.keys()
    if (uses.size > maxUses && oldest !== undefined) uses.delete(oldest)
    return use
  }
  const inOrder = (all: readonly LookupAddress[]) => {
    const first = all.some((one) => one.family === family) ? family : all[0]?.family
    const mine = all.filter((one) => one.family === first)
    const others = family === undefined ? all.filter((one) => one.family !== first) : []
    return [...rotate(mine, turn++), ...others]
  }

  return {
    lookup(name, options, callback) {
      // net.connect wants all of them (`autoSelectFamily`); anybody else is given what the system says.
      if (!options.all) {
        lookupName(name, options, callback)
        return
      }
      const known = fixed.map((address) => ({ address, family: isIP(address) }))
      const addresses = known.length > 0 ? Promise.resolve(known) : resolve(name)
      addresses.then(
        (all) => {
          callback(null, inOrder(all))
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error(String(error)), [])
        },
      )
    },
    connected(address) {
      family ??= isIP(address)
      useOf(address).connections += 1
    },
    failed(address, error) {
      const use = useOf(address)
      use.failed += 1
      use.error = error.message
    },
    used() {
      return [...uses.values()].filter(
        ({ address }) => family === undefined || isIP(address) === family,
      )
    },
  }
}

/** Asks the system's resolver for a URL's host. @throws UnknownHostError where it has no address */
export async function checkName({ hostname }: URL): Promise<void> {
  if (isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0) return
  try {
    await resolveName(hostname)
  } catch (cause) {
    throw new UnknownHostError(
      `${hostname} has no address (${messageOf(cause)}). Check the name, or give its address with --resolve HOST:PORT:ADDRESS.`,
    )
  }
}
