import { judgeBalance } from './balance.ts'
import type { BalanceVerdict } from './balance.ts'
import { judgeClocks } from './clocks.ts'
import type { ClockVerdict } from './clocks.ts'
import { dispersionAt } from './dispersion.ts'
import type { Dispersion } from './dispersion.ts'
import { judgeFailures } from './failures.ts'
import type { FailureVerdict } from './failures.ts'
import { percentiles } from './latency.ts'
import type { Percentiles } from './latency.ts'
import { judgeLives } from './lives.ts'
import type { LivesVerdict } from './lives.ts'
import { judgeOrder } from './order.ts'
import type { OrderVerdict } from './order.ts'
import { judgePinning } from './pinning.ts'
import type { PinningVerdict } from './pinning.ts'
import { absences } from './presence.ts'
import type { Presence } from './presence.ts'
import { mergeModeTallies } from './tally.ts'
import type { LatencyTally, Tally } from './tally.ts'
import { judgeTurns } from './turns.ts'
import { judgeVersions } from './versions.ts'
import type { VersionsVerdict } from './versions.ts'
import { duration } from './words.ts'

/** Each verdict with its evidence as data and one sentence in plain words. Plain JSON. */
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

export interface LatencySummary {
  /** From due to done, over complete responses. */
  latency: Percentiles
  /** From sent to done, over complete responses. */
  service: Percentiles
  /** From due to sent: how late the probe itself was. */
  lateness: Percentiles
  /** From sent to done. Sorted by name. */
  replicas: ({ replica: string } & Percentiles)[]
  sentence: string
}

/** What the tally says so far. The run may still be going on. */
export function judge(tally: Tally): Verdicts {
  const { reuse, new: fresh } = tally.modes
  const both = mergeModeTallies(reuse, fresh)
  const answers = answersOf(both.presence)
  const pinning = judgePinning(
    both.connections,
    fresh.presence.answers > 0 ? answersOf(fresh.presence) : answers,
  )
  // On a pinned connection the balancer chose once, for the first request; the rest is no choice.
  const pinned = pinning.verdict === 'pinned'
  const chosen = pinned ? fresh : both
  const missing = absences(chosen.presence)
  const balance = judgeBalance({
    unit: pinned ? 'connections' : 'requests',
    counts: pinned ? both.connections.fresh : answers,
    answers,
    dispersion: pinned ? 1 : longRunDispersion(chosen.dispersion),
    absences: missing,
    unattributed: tally.unattributed,
  })
  const turns = judgeTurns(chosen, [...answersOf(chosen.presence).values()])
  return {
    balance,
    order: judgeOrder(tally.clients, pinning, balance, turns),
    pinning,
    clocks: judgeClocks(tally.clocks),
    failures: judgeFailures(tally.failures, missing),
    lives: judgeLives(tally.lives),
    versions: judgeVersions(tally.versions),
    latency: summarizeLatency(tally.latency),
  }
}

function answersOf({ replicas }: Presence): Map<string, number> {
  return new Map([...replicas].map(([replica, { answers }]) => [replica, answers]))
}

/** Over the longest windows that the run is long enough for: the nearest to the whole run. */
function longRunDispersion(dispersion: Dispersion): number {
  const minDegrees = 12
  return dispersionAt(dispersion, minDegrees).at(-1)?.ratio ?? 1
}

function summarizeLatency({ latency, service, lateness, replicas }: LatencyTally): LatencySummary {
  const all = percentiles(latency)
  return {
    latency: all,
    service: percentiles(service),
    lateness: percentiles(lateness),
    replicas: [...replicas]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([replica, histogram]) => ({ replica, ...percentiles(histogram) })),
    sentence:
      all.count === 0
        ? 'Nothing was answered.'
        : `Half of the answers took at most ${duration(all.p50)}, 99 % at most ${duration(all.p99)}, the slowest ${duration(all.max)}.`,
  }
}
