import { createObserver, createTally, mergeTallies } from '../../src/measure/tally.ts'
import { judgeFit } from '../../src/measure/balance/fit.ts'
import { judge } from '../../src/measure/verdicts.ts'
import type { Verdicts } from '../../src/measure/verdicts.ts'
import { createDraw } from './draw.ts'
import { drawScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { createBalancer, simulate } from './simulate.ts'
import { truthOf } from './truth.ts'
import type { Truth } from './truth.ts'

export interface Score {
  scenario: Scenario
  outcome: 'right' | 'cannot tell' | 'wrong'
  /** What was wrong, in short. */
  wrong: string[]
  fair: boolean
  falseAlarms: string[]
  /** Whether the intervals hold all true shares (absent: these are not fixed). */
  covered?: boolean | undefined
  independent: boolean
  weights: WeightsScore
  /** Whether cold starts that happened were told (absent: there were none, or they need not be told). */
  coldStarts?: boolean | undefined
}

/** What came of the shares of versions; each absent where it is not known. */
export interface WeightsScore {
  /** Whether the intervals hold the true shares. */
  covered?: boolean | undefined
  /** What the true weights came to, as an expectation. */
  expected?: 'fits' | 'differs' | 'cannot-tell' | undefined
  /** Whether a route that splits each request is told from the weights next to it. */
  told?: boolean | undefined
}

/** Requests that are enough to tell any weights of the model from those next to them. */
const enoughToTell = 40_000

function scoreWeights({ weights }: Verdicts, { canary }: Truth, scenario: Scenario): WeightsScore {
  if (canary === undefined || weights.verdict === 'cannot-tell') return {}
  const counts = new Map(weights.versions.map(({ version, count }) => [version, count]))
  const fitOf = (shares: readonly [string, number][]) =>
    judgeFit(new Map(shares), counts, weights.dispersion)
  const names = ['v1', 'v2'] as const
  const fit = fitOf([
    [names[0], 1 - canary],
    [names[1], canary],
  ])
  const next = fitOf(names.map((name, place) => [name, fit.next[place] ?? 0]))
  const { split, coldStart } = scenario.features
  const long = split?.by === 'request' && !coldStart && scenario.requests >= enoughToTell
  return {
    covered: fit.parts.every(({ weight, low, high }) => low <= weight && weight <= high),
    expected: fit.verdict,
    told: long ? next.verdict === 'differs' : undefined,
  }
}

/** Simulates a drawn scenario and judges it. @returns the verdicts and what was configured */
export function runScenario(
  seed: number,
  most: number,
): { scenario: Scenario; verdicts: Verdicts } {
  const draw = createDraw(seed)
  const scenario = drawScenario(draw, seed, most)
  const balancer = createBalancer(scenario, draw)
  const tallies = Array.from({ length: scenario.machines }, (_, machine) => {
    const tally = createTally(`machine-${machine}`)
    simulate(scenario, balancer, machine + 1000 * seed, draw, createObserver(tally))
    return tally
  })
  return { scenario, verdicts: judge(tallies.reduce(mergeTallies)) }
}

/** Compares what was said with what was configured. */
export function score(seed: number, most: number): Score {
  const { scenario, verdicts } = runScenario(seed, most)
  const { balance, order, pinning, changes, slow, decision, coldStarts, zones } = verdicts
  const truth = truthOf(scenario, verdicts.latency.replicas.length)
  const { trouble } = scenario

  const wrong: string[] = []
  const check = (what: string, said: string, acceptable: string[]) => {
    if (said !== 'cannot-tell' && !acceptable.includes(said)) wrong.push(`${what} ${said}`)
  }
  check('order', order.verdict, truth.order)
  check('balance', balance.verdict, truth.balance)
  check('pinning', pinning.verdict, truth.pinning)
  check('cold starts', coldStarts.verdict, truth.coldStarts)
  const { share = NaN } = zones.own ?? {}
  const known = truth.ownZone !== undefined && truth.independent && scenario.features.placed
  const own = truth.ownZone ?? 0
  // Bookkeeping, so that only chance may stand between the two.
  const spread = Math.sqrt(Math.max(0, own * (1 - own)) / scenario.requests)
  if (known && !(Math.abs(share - own) <= 5 * spread + 1e-9)) wrong.push('own zone')
  if (scenario.features.zones === 0 && zones.own) wrong.push('own zone made up')
  const quiet = (trouble.kind === 'none' || trouble.kind === 'slow') && !scenario.features.coldStart
  if (quiet && changes.verdict === 'changed') wrong.push('changes made up')
  const mayBeSlow = ['slow', 'stalls'].includes(trouble.kind) || scenario.features.coldStart
  if (!mayBeSlow && slow.verdict === 'slow') {
    wrong.push('slow made up')
  }

  const falseAlarms = truth.fair
    ? [
        ...(balance.verdict === 'uneven' ? ['uneven'] : []),
        ...(changes.verdict === 'changed' ? ['changes'] : []),
        ...(decision.verdict === 'not-fine' ? ['not fine'] : []),
      ]
    : []
  const covered =
    truth.shares &&
    balance.replicas.every(({ replica, low, high }) => {
      const share = truth.shares?.[Number(replica.slice('web-'.length))] ?? 0
      return low <= share && share <= high
    })
  const untold = order.verdict === 'cannot-tell' && !truth.order.includes('cannot-tell')
  return {
    scenario,
    outcome: wrong.length > 0 ? 'wrong' : untold ? 'cannot tell' : 'right',
    wrong,
    fair: truth.fair,
    falseAlarms,
    covered,
    independent: truth.independent,
    weights: scoreWeights(verdicts, truth, scenario),
    coldStarts: truth.coldStarts.includes('none') ? undefined : coldStarts.verdict === 'cold',
  }
}
