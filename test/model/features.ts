import type { Choose } from './balancers.ts'
import type { Draw } from './draw.ts'
import type { BalancerName, Scenario } from './scenario.ts'

/** What replicas are, beside being dealt out. */
export interface Features {
  /** So many replicas, the first ones, are of a second version. */
  canaries: number
  /** A route gives the canaries this share, for each request or each connection, at random. */
  split?: { share: number; by: 'request' | 'connection' } | undefined
  /** Zones that replicas are in, by turns; 0 where answers do not say. */
  zones: number
  /** The probe knows that it is in the first zone. */
  placed: boolean
  /** Requests stay in the probe's zone. */
  stays: boolean
  /** Each process life begins with so many milliseconds, and ends after so many requests. */
  coldStart?: { milliseconds: number; life: number } | undefined
}

/** Balancers that do not look at how busy a replica is: a cold start changes nothing for them. */
const blind: BalancerName[] = [
  'round robin',
  'smooth weighted',
  'random',
  'weighted random',
  'layer 4, in turn',
  'layer 4, at random',
]

type Drawn = Pick<Scenario, 'balancer' | 'replicas' | 'trouble' | 'requests'>

/** Drawn apart from all else, so that a scenario is the same with and without its features. */
export function drawFeatures(draw: Draw, drawn: Drawn): Features {
  const { balancer, replicas, trouble, requests } = drawn
  const quiet = trouble.kind === 'none'
  const canaries = draw.chance(0.6) ? 1 + draw.below(replicas - 1) : 0
  const plain = balancer === 'round robin' || balancer === 'random'
  const splits = plain && quiet && canaries > 0 && draw.chance(0.5)
  const zones = draw.chance(0.5) ? 1 + draw.below(3) : 0
  const isCold = blind.includes(balancer) && quiet && !splits && draw.chance(0.15)
  return {
    canaries,
    split: splits
      ? {
          share: draw.oneOf([0.01, 0.05, 0.1, 0.2, 0.5]),
          by: draw.oneOf(['request', 'request', 'connection']),
        }
      : undefined,
    zones,
    placed: draw.chance(0.8),
    stays: plain && quiet && !splits && zones > 0 && draw.chance(0.5),
    coldStart: isCold
      ? {
          milliseconds: draw.logUniform(300, 3000),
          life: draw.chance(0.5) ? Infinity : draw.size(20, requests),
        }
      : undefined,
  }
}

export const isCanary = ({ canaries }: Features, replica: number): boolean => replica < canaries
export const zoneOf = ({ zones }: Features, replica: number): string => `zone-${replica % zones}`
/** Where the probe is. */
export const ownZone = 'zone-0'

/** A balancer for each version behind a route that deals out to these; as HTTPRoute has it. */
export function splitting(draw: Draw, features: Features, stable: Choose, canary: Choose): Choose {
  const { split } = features
  if (!split) return stable
  const kept = new Map<number, boolean>()
  return (asked, up, inFlight) => {
    const known = split.by === 'connection' ? kept.get(asked.connection) : undefined
    const toCanary = known ?? draw.chance(split.share)
    if (split.by === 'connection') kept.set(asked.connection, toCanary)
    const those = up.filter((replica) => isCanary(features, replica) === toCanary)
    return (toCanary ? canary : stable)(asked, those, inFlight)
  }
}

/** A balancer that stays in the probe's zone, as kube-proxy does with `PreferSameZone`. */
export function staying(features: Features, inner: Choose): Choose {
  if (!features.stays) return inner
  return (asked, up, inFlight) =>
    inner(
      asked,
      up.filter((replica) => zoneOf(features, replica) === ownZone),
      inFlight,
    )
}
