import type { Tally } from './tally.ts'

/** Every verdict: its evidence as data, and one sentence in plain words. */
export interface Verdicts {
  balance: BalanceVerdict
  order: OrderVerdict
  pinning: PinningVerdict
  clocks: ClockVerdict
  failures: FailureVerdict
  lives: LivesVerdict
  versions: VersionsVerdict
  latency: LatencySummary
}

export interface BalanceVerdict {
  verdict: 'even' | 'uneven' | 'cannot-tell'
  /** What the balancer deals out: the test counts requests, or connections where these are pinned. */
  unit: 'requests' | 'connections'
  /** Sorted by name. `low` and `high` bound the share with 95 % confidence (Wilson 1927). */
  replicas: { replica: string; answers: number; share: number; low: number; high: number }[]
  chiSquare: number
  degreesOfFreedom: number
  p: number
  /** Largest relative deviation of a replica's share from the even share: 0.5 is 50 % off. */
  skew: number
  /** Uneven means both: `p` below `alpha`, and `skew` above `skewLimit`. */
  alpha: number
  skewLimit: number
  sentence: string
}

export interface OrderVerdict {
  verdict:
    | 'round-robin'
    | 'least-connections'
    | 'random'
    | 'weighted'
    | 'sticky'
    | 'one-replica'
    | 'cannot-tell'
  /** For `weighted`: how the turns are taken. */
  turns?: 'round-robin' | 'random'
  sentence: string
}

export interface PinningVerdict {
  verdict: 'pinned' | 'not-pinned' | 'cannot-tell'
  sentence: string
}

export interface ClockVerdict {
  /** Offsets of replicas against the machine that measured, in milliseconds (ahead is positive). */
  replicas: {
    vantage: string
    replica: string
    offset: number
    bound: number
    verdict: 'ahead' | 'behind' | 'cannot-tell'
  }[]
  /** First minus second, in milliseconds. */
  pairs: {
    first: string
    second: string
    difference: number
    bound: number
    verdict: 'differ' | 'cannot-tell'
  }[]
  sentence: string
}

export interface FailureVerdict {
  requests: number
  failures: number
  kinds: {
    outcome: string
    status?: number
    replica?: string
    count: number
    first: number
    last: number
  }[]
  /** The longest time in which requests failed and none succeeded: Unix ms, length in ms. */
  longestOutage?: { from: number; to: number; length: number; failures: number }
  sentence: string
}

export interface LivesVerdict {
  replicas: {
    replica: string
    boots: { boot: string; first: number; last: number; answers: number }[]
    restarts: number
    draining: number
  }[]
  sentence: string
}

export interface VersionsVerdict {
  versions: { version: string; answers: number; first: number; last: number }[]
  sentence: string
}

export interface Percentiles {
  count: number
  mean: number
  p50: number
  p90: number
  p99: number
  p999: number
  max: number
}
export interface LatencySummary {
  /** Milliseconds. `latency` from due to done, `service` from sent to done, `lateness` from due to sent. */
  latency: Percentiles
  service: Percentiles
  lateness: Percentiles
  replicas: ({ replica: string } & Percentiles)[]
  sentence: string
}

export declare function judge(tally: Tally): Verdicts
