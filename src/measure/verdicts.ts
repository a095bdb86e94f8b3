import { judgePinning } from './affinity/pinning.ts'
import type { PinningVerdict } from './affinity/pinning.ts'
import { judgeBalance } from './balance/balance.ts'
import type { BalanceVerdict } from './balance/shares.ts'
import { judgeLosses } from './failures/losses.ts'
import type { FailureVerdict } from './failures/losses.ts'
import { judgeOrder } from './order/order.ts'
import type { OrderVerdict } from './order/order.ts'
import { judge as judgeClocks } from './replicas/clocks.ts'
import type { ClockVerdict } from './replicas/clocks.ts'
import { judge as judgeLives } from './replicas/lives.ts'
import type { LivesVerdict } from './replicas/lives.ts'
import { judge as judgeVersions } from './replicas/versions.ts'
import type { VersionsVerdict } from './replicas/versions.ts'
import { tellBalance } from './sentences/balance.ts'
import { tellClocks } from './sentences/clocks.ts'
import { tellLatency } from './sentences/latency.ts'
import { tellLives } from './sentences/lives.ts'
import { tellLosses } from './sentences/losses.ts'
import { tellOrder } from './sentences/order.ts'
import { tellPinning } from './sentences/pinning.ts'
import { tellVersions } from './sentences/versions.ts'
import type { Tally } from './tally.ts'
import { judge as judgeLatency } from './times/latency.ts'
import type { LatencySummary } from './times/latency.ts'

/** A verdict with its evidence as data, and one sentence in plain words. */
export type Told<Verdict> = Verdict & { sentence: string }

/** Plain JSON. */
export interface Verdicts {
  balance: Told<BalanceVerdict>
  order: Told<OrderVerdict>
  pinning: Told<PinningVerdict>
  clocks: Told<ClockVerdict>
  failures: Told<FailureVerdict>
  lives: Told<LivesVerdict>
  versions: Told<VersionsVerdict>
  latency: Told<LatencySummary>
}

/**
 * What the tally says so far. The run may still be going on. How each verdict is found, and how it is
 * told: a new one is a file of either kind, and a line here.
 */
export function judge(tally: Tally): Verdicts {
  return {
    balance: told(judgeBalance(tally), tellBalance),
    order: told(judgeOrder(tally), tellOrder),
    pinning: told(judgePinning(tally), tellPinning),
    clocks: told(judgeClocks(tally.clocks), tellClocks),
    failures: told(judgeLosses(tally), tellLosses),
    lives: told(judgeLives(tally.lives), tellLives),
    versions: told(judgeVersions(tally.versions), tellVersions),
    latency: told(judgeLatency(tally.latency), tellLatency),
  }
}

function told<Verdict extends object>(
  verdict: Verdict,
  tell: (verdict: Verdict) => string,
): Told<Verdict> {
  return { ...verdict, sentence: tell(verdict) }
}
