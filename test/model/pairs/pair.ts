import { compareTallies, type Comparison } from '../../../src/measure/compare/compare.ts'
import type { Observation } from '../../../src/measure/observation.ts'
import { createObserver, createTally, type Tally } from '../../../src/measure/tally.ts'
import { createDraw, type Draw } from '../draw.ts'
import { drawScenario, type Scenario } from '../scenario.ts'
import { createBalancer, simulate } from '../simulate.ts'
import { type Damage, damages } from './damage.ts'
import { drawWeather, expose, type Weather } from './weather.ts'

export interface Pair {
  scenario: Scenario
  weather: Weather
  comparison: Comparison
}

/** One target, drawn at random, which stays as it is. */
function drawTarget(seed: number, requests: number): { scenario: Scenario; weather: Weather } {
  const draw = createDraw(seed)
  const scenario = drawScenario(draw, seed, requests)
  return {
    // What happens to a replica on the way would happen to another one in the next run.
    scenario: { ...scenario, requests, machines: 1, trouble: { kind: 'none' } },
    weather: drawWeather(draw),
  }
}

function runOf(scenario: Scenario, weather: Weather, draw: Draw): Observation[] {
  const run: Observation[] = []
  simulate(scenario, createBalancer(scenario, draw), scenario.seed, draw, (one) => run.push(one))
  return expose(run, weather, draw)
}

function tallyOf(run: readonly Observation[], vantage: string): Tally {
  const tally = createTally(vantage)
  run.forEach(createObserver(tally))
  return tally
}

/** Two runs of a target that the seed decides, the second one damaged if so wished. */
export function drawPair(seed: number, requests: number, damage?: Damage): Pair {
  const { scenario, weather } = drawTarget(seed, requests)
  // A queue for processes that start, in which all wait, is one sample, however many requests there are.
  if (damage !== undefined) scenario.features.coldStart = undefined
  const [before, after] = [1, 2].map((run) => createDraw(seed * 7919 + run))
  if (!before || !after) throw new Error('two runs')
  const old = runOf(scenario, weather, before)
  const run = runOf(scenario, weather, after)
  const now = damage === undefined ? run : damages[damage](run, after, old)
  return {
    scenario,
    weather,
    comparison: compareTallies(tallyOf(old, 'before'), tallyOf(now, 'after')),
  }
}
