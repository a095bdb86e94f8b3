import { judgeAffinity } from './affinity/affinity.ts'
import type { AffinityVerdict } from './affinity/affinity.ts'
import { judgePinning } from './affinity/pinning.ts'
import type { PinningVerdict } from './affinity/pinning.ts'
import { judgeBalance } from './balance/balance.ts'
import type { BalanceVerdict } from './balance/shares.ts'
import { judgeWeights } from './balance/weights.ts'
import type { WeightsVerdict } from './balance/weights.ts'
import { decide } from './decision.ts'
import type { Decision } from './decision.ts'
import { judgeLosses } from './failures/losses.ts'
import type { FailureVerdict } from './failures/losses.ts'
import { judge as judgeStatuses } from './failures/statuses.ts'
import type { StatusVerdict } from './failures/statuses.ts'
import { judgeTarget } from './failures/target.ts'
import type { TargetVerdict } from './failures/target.ts'
import { judgeOrder } from './order/order.ts'
import type { OrderVerdict } from './order/order.ts'
import { judgeChanges } from './replicas/changes.ts'
import type { ChangesVerdict } from './replicas/changes.ts'
import { judge as judgeClocks } from './replicas/clocks.ts'
import type { ClockVerdict } from './replicas/clocks.ts'
import { judge as judgeLives } from './replicas/lives.ts'
import type { LivesVerdict } from './replicas/lives.ts'
import { judge as judgeCache } from './replicas/reuse.ts'
import type { CacheVerdict } from './replicas/reuse.ts'
import { judge as judgeVersions } from './replicas/versions.ts'
import type { VersionsVerdict } from './replicas/versions.ts'
import { judge as judgeZones } from './replicas/zones.ts'
import type { ZonesVerdict } from './replicas/zones.ts'
import { tellAffinity } from './sentences/affinity.ts'
import { tellBalance } from './sentences/balance.ts'
import { tellCache } from './sentences/cache.ts'
import { tellChanges } from './sentences/changes.ts'
import { tellClocks } from './sentences/clocks.ts'
import { tellColdStarts } from './sentences/cold-starts.ts'
import { tellDecision } from './sentences/decision.ts'
import { tellLatency } from './sentences/latency.ts'
import { tellLives } from './sentences/lives.ts'
import { tellLosses } from './sentences/losses.ts'
import { tellOrder } from './sentences/order.ts'
import { tellPace } from './sentences/pace.ts'
import { tellPinning } from './sentences/pinning.ts'
import { tellSlow } from './sentences/slow.ts'
import { tellStatuses } from './sentences/statuses.ts'
import { tellTarget } from './sentences/target.ts'
import { tellVersions } from './sentences/versions.ts'
import { tellWeights } from './sentences/weights.ts'
import { tellZones } from './sentences/zones.ts'
import type { Tally } from './tally.ts'
import { told } from './told.ts'
import type { Told } from './told.ts'
import { judge as judgeColdStarts } from './times/cold-starts.ts'
import type { ColdStartsVerdict } from './times/cold-starts.ts'
import { judge as judgeLatency } from './times/latency.ts'
import type { LatencySummary } from './times/latency.ts'
import { judge as judgePace } from './times/pace.ts'
import type { PaceVerdict } from './times/pace.ts'
import { judgeSlow } from './times/slow.ts'
import type { SlowVerdict } from './times/slow.ts'

/** Plain JSON. */
export interface Verdicts {
  decision: Told<Decision>
  target: Told<TargetVerdict>
  balance: Told<BalanceVerdict>
  order: Told<OrderVerdict>
  pinning: Told<PinningVerdict>
  affinity: Told<AffinityVerdict>
  clocks: Told<ClockVerdict>
  failures: Told<FailureVerdict>
  statuses: Told<StatusVerdict>
  changes: Told<ChangesVerdict>
  slow: Told<SlowVerdict>
  cache: Told<CacheVerdict>
  lives: Told<LivesVerdict>
  versions: Told<VersionsVerdict>
  weights: Told<WeightsVerdict>
  zones: Told<ZonesVerdict>
  coldStarts: Told<ColdStartsVerdict>
  pace: Told<PaceVerdict>
  latency: Told<LatencySummary>
}

/**
 * What the tally says so far. The run may still be going on. How each verdict is found, and how it is
 * told: a new one is a file of either kind, and a line here.
 */
export function judge(tally: Tally): Verdicts {
  const verdicts = {
    target: told(judgeTarget(tally), tellTarget),
    balance: told(judgeBalance(tally), tellBalance),
    order: told(judgeOrder(tally), tellOrder),
    pinning: told(judgePinning(tally), tellPinning),
    affinity: told(judgeAffinity(tally), tellAffinity),
    failures: told(judgeLosses(tally), tellLosses),
    statuses: told(judgeStatuses(tally.statuses), tellStatuses),
    changes: told(judgeChanges(tally), tellChanges),
    slow: told(judgeSlow(tally), tellSlow),
    cache: told(judgeCache(tally.reuse), tellCache),
    clocks: told(judgeClocks(tally.clocks, new Set(tally.reuse.replicas.keys())), tellClocks),
    lives: told(judgeLives(tally.lives), tellLives),
    versions: told(judgeVersions(tally.versions), tellVersions),
    weights: told(judgeWeights(tally), tellWeights),
    zones: told(judgeZones(tally.zones), tellZones),
    coldStarts: told(judgeColdStarts(tally.coldStarts), tellColdStarts),
    pace: told(judgePace(tally.pace), tellPace),
    latency: told(judgeLatency(tally.latency), tellLatency),
  }
  const decision = told(decide(verdicts), (made) => tellDecision(made, verdicts))
  return { decision, ...verdicts }
}
