import { isCanary, ownZone, zoneOf } from './features.ts'
import type { BalancerName, Scenario } from './scenario.ts'

/** What may be said of a run; all else is wrong, except "cannot tell", which is no answer. */
export interface Truth {
  /** Acceptable values of `verdicts.order.verdict`; with `cannot-tell` among them, that is an answer. */
  order: string[]
  balance: string[]
  pinning: string[]
  /** The true shares, where these are fixed. */
  shares?: number[] | undefined
  /** Each choice is drawn without regard to the others. */
  independent: boolean
  /** Nobody is preferred, and nothing happens. */
  fair: boolean
  /** The canaries' true share, where it is fixed. */
  canary?: number | undefined
  /** Acceptable values of `verdicts.coldStarts.verdict`. */
  coldStarts: string[]
  /** The share that comes from the probe's zone, where it is fixed. */
  ownZone?: number | undefined
}

type Rule = (scenario: Scenario) => { order: string[]; balance: string[]; weights?: number[] }

const kept = ({ connections }: Scenario) => connections !== 'new'

/** One acceptable verdict for each balancer; where there are two, the comment says why. */
const rules: Record<BalancerName, Rule> = {
  'round robin': () => ({ order: ['round-robin'], balance: ['even'] }),
  'smooth weighted': ({ weights }) => ({ order: ['weighted'], balance: ['uneven'], weights }),
  random: () => ({ order: ['random'], balance: ['even'] }),
  'weighted random': ({ weights }) => ({ order: ['weighted'], balance: ['uneven'], weights }),
  // While requests take equally long, or fewer are in flight than there are replicas, the least busy
  // is whoever was asked longest ago (or, with ties at random, anybody); and where a proxy has
  // several workers, none of them knows what the others have in flight.
  'least connections': (scenario) => {
    const slow = scenario.trouble.kind === 'slow' || scenario.trouble.kind === 'stalls'
    return {
      order: ['least-connections', 'round-robin', ...(scenario.ties === 'turn' ? [] : ['random'])],
      // A slow replica, or one that is busier by chance for a while, gets less.
      balance: slow ? ['even', 'uneven'] : ['even'],
    }
  },
  // Two random choices lie between the two: few in flight, and they are random.
  'two choices': ({ trouble }) => ({
    order: ['least-connections', 'random'],
    balance: trouble.kind === 'slow' || trouble.kind === 'stalls' ? ['even', 'uneven'] : ['even'],
  }),
  // Where the first one is never full, nobody else is seen. Else it is uneven, and not by weights; and
  // while those in use are full, a request goes to whoever has a place: the
  // least busy of them, and, where requests take equally long, in turn.
  first: ({ maxconn, concurrency, rate }) => ({
    order: [
      'one-replica',
      'uneven',
      ...(rate || 2 * maxconn <= concurrency ? ['least-connections', 'round-robin'] : []),
    ],
    balance: ['uneven', 'even'],
  }),
  // One machine sees one replica; several may all be given the same one.
  'hash by address': ({ machines }) => ({
    order: machines > 1 ? ['sticky', 'one-replica'] : ['one-replica'],
    balance: ['uneven', 'even'],
  }),
  // A few jars may be dealt out evenly, and their clients be differently busy.
  cookie: () => ({ order: ['sticky'], balance: ['even', 'uneven'] }),
  // The arcs of a ring differ, so that fresh connections look drawn with weights, or nearly at random.
  'ring hash': (scenario) => ({
    order: kept(scenario) ? ['sticky'] : ['random', 'weighted'],
    balance: ['even', 'uneven'],
  }),
  // A few keys may all be one replica's, and by chance most of them; of keys that are never the same
  // again no more is to be seen than that they are spread at random, or with weights where arcs differ.
  'hash by key': ({ keys }) => ({
    order: keys === Infinity ? ['random'] : ['sticky'],
    balance: keys === Infinity ? ['even'] : ['even', 'uneven'],
  }),
  'ring hash by key': ({ keys }) => ({
    order: keys === Infinity ? ['random', 'weighted'] : ['sticky'],
    balance: ['even', 'uneven'],
  }),
  'layer 4, in turn': (scenario) => ({
    order: kept(scenario) ? ['sticky'] : ['round-robin'],
    balance: ['even'],
  }),
  'layer 4, at random': (scenario) => ({
    order: kept(scenario) ? ['sticky'] : ['random'],
    balance: ['even'],
  }),
}

const independents: BalancerName[] = ['random', 'weighted random']
const fairs: BalancerName[] = ['round robin', 'random', 'layer 4, in turn', 'layer 4, at random']

/** The replicas' true shares, where these are fixed. */
function sharesOf(scenario: Scenario, weights: number[] | undefined): number[] | undefined {
  const { balancer, replicas, trouble, features } = scenario
  const changes = ['leaves', 'comes', 'restarts'].includes(trouble.kind)
  // Workers that all begin with the first replica prefer it until each has had many connections.
  const young = balancer === 'layer 4, in turn' && scenario.workers > 1
  const fixed = !changes && !young && (weights !== undefined || fairs.includes(balancer))
  if (!fixed) return undefined
  const { split, canaries, stays } = features
  const parts = Array.from({ length: replicas }, (_, replica) => {
    if (split) {
      return isCanary(features, replica)
        ? split.share / canaries
        : (1 - split.share) / (replicas - canaries)
    }
    return stays && zoneOf(features, replica) !== ownZone ? 0 : (weights?.[replica] ?? 1)
  })
  const total = parts.reduce((sum, part) => sum + part, 0)
  return parts.map((part) => part / total)
}

/** A route that splits deals out at random, and each version for itself: several names are right. */
function splitTruth(scenario: Scenario): Pick<Truth, 'order' | 'balance' | 'pinning'> {
  const byConnection = scenario.features.split?.by === 'connection' && kept(scenario)
  return {
    order: [
      'weighted',
      'uneven',
      ...rules[scenario.balancer](scenario).order,
      'random',
      'sticky',
    ].filter((order) => byConnection || order !== 'sticky'),
    balance: ['even', 'uneven'],
    // The version is kept; whether the replica is, depends on how many there are of it.
    pinning: byConnection ? ['pinned', 'not-pinned'] : ['not-pinned'],
  }
}

/**
 * Where requests come faster than processes start, most answers wait for one, and first ones are not
 * slower than those.
 */
function coldStartTruth({ features, concurrency, rate = Infinity, requests, replicas }: Scenario) {
  const { coldStart } = features
  if (!coldStart) return ['none']
  const { milliseconds, life } = coldStart
  const starts = Math.max(1, Math.ceil(requests / replicas / life)) * replicas
  const waiting = starts * Math.min(concurrency, (rate * milliseconds) / 1000, life)
  return waiting > requests / 4 ? ['cold', 'none'] : ['cold']
}

/**
 * Turns, and a weak hash of requests that are all different and numbered, look alike: nothing that the
 * probe can see tells them apart.
 */
function alike({ keys, balancer }: Scenario): boolean {
  const likeTurns = ['round robin', 'least connections', 'layer 4, in turn', 'hash by key']
  return keys === Infinity && likeTurns.includes(balancer)
}

/** What is true of a scenario. @param seen replicas that answered at all */
export function truthOf(scenario: Scenario, seen: number): Truth {
  const { balancer, trouble, features } = scenario
  const { order, balance, weights } = rules[balancer](scenario)
  const unpinned: BalancerName[] = ['cookie', 'hash by key', 'ring hash by key']
  const pinned = kept(scenario) && order.includes('sticky') && !unpinned.includes(balancer)
  const changes = ['leaves', 'comes', 'restarts'].includes(trouble.kind)
  const shares = sharesOf(scenario, weights)
  const shareOf = (holds: (replica: number) => boolean) =>
    shares?.reduce((sum, share, replica) => sum + (holds(replica) ? share : 0), 0)
  const told = features.split
    ? splitTruth(scenario)
    : {
        order,
        balance: changes ? ['even', 'uneven'] : balance,
        pinning:
          balancer === 'cookie' || balancer === 'hash by address' || balancer === 'first'
            ? ['pinned', 'not-pinned']
            : pinned
              ? ['pinned']
              : ['not-pinned'],
      }
  return {
    ...told,
    // One connection through a layer-4 balancer reaches one replica; so do few answers by chance.
    order:
      seen === 1 ? ['one-replica'] : [...told.order, ...(alike(scenario) ? ['cannot-tell'] : [])],
    // A version that is kept on a connection, and its replicas that take turns, are no shares of requests.
    shares: features.split?.by === 'connection' ? undefined : shares,
    independent:
      independents.includes(balancer) && (!features.split || features.split.by === 'request'),
    fair: fairs.includes(balancer) && trouble.kind === 'none' && !features.split,
    canary: features.canaries === 0 ? undefined : shareOf((replica) => isCanary(features, replica)),
    coldStarts: coldStartTruth(scenario),
    ownZone:
      features.zones === 0
        ? undefined
        : shareOf((replica) => zoneOf(features, replica) === ownZone),
  }
}
