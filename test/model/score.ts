import { createTally, mergeTallies, observe } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import type { Verdicts } from '../../src/measure/verdicts.ts'
import { createDraw } from './draw.ts'
import { drawScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { createBalancer, simulate } from './simulate.ts'
import { truthOf } from './truth.ts'

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
    simulate(scenario, balancer, machine + 1000 * seed, draw, (one) => {
      observe(tally, one)
    })
    return tally
  })
  return { scenario, verdicts: judge(tallies.reduce(mergeTallies)) }
}

/** Compares what was said with what was configured. */
export function score(seed: number, most: number): Score {
  const { scenario, verdicts } = runScenario(seed, most)
  const { balance, order, pinning, changes, slow, decision } = verdicts
  const truth = truthOf(scenario, verdicts.latency.replicas.length)
  const { trouble } = scenario

  const wrong: string[] = []
  const check = (what: string, said: string, acceptable: string[]) => {
    if (said !== 'cannot-tell' && !acceptable.includes(said)) wrong.push(`${what} ${said}`)
  }
  check('order', order.verdict, truth.order)
  check('balance', balance.verdict, truth.balance)
  check('pinning', pinning.verdict, truth.pinning)
  const quiet = trouble.kind === 'none' || trouble.kind === 'slow'
  if (quiet && changes.verdict === 'changed') wrong.push('changes made up')
  if (trouble.kind !== 'slow' && trouble.kind !== 'stalls' && slow.verdict === 'slow') {
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
  return {
    scenario,
    outcome: wrong.length > 0 ? 'wrong' : order.verdict === 'cannot-tell' ? 'cannot tell' : 'right',
    wrong,
    fair: truth.fair,
    falseAlarms,
    covered,
    independent: truth.independent,
  }
}
