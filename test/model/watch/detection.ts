import type { Change } from '../../../src/measure/watch/change.ts'
import { createWatch, watchOver } from '../../../src/measure/watch/watch.ts'
import { createDraw } from '../draw.ts'
import type { Draw } from '../draw.ts'
import { ask, drawTarget, process } from './target.ts'
import type { State, Target } from './target.ts'

const rate = 5
const start = 1_700_000_000_000
/** So long all is well before. */
const before = 1800 * rate
/** So long it may take to be told. */
const after = 600 * rate

export interface Case {
  target: Target
  /** Seconds until it was told; `Infinity` where it was not. */
  seconds: number
}

/** What goes wrong, and how it ought to be told. */
type Trouble = (
  state: State,
  draw: Draw,
) => { told: (change: Change) => boolean; later: () => void }

/** It answers no more. The balancer sends on to it for up to ten seconds, or notices at once. */
const loseReplica: Trouble = (state, draw) => {
  const lost = state.up[draw.below(state.up.length)]
  const leave = () => (state.up = state.up.filter((one) => one !== lost))
  if (draw.chance(0.5)) leave()
  else if (lost) lost.dead = true
  return {
    told: (change) => change.change === 'replica-lost' && change.replica === lost?.name,
    later: leave,
  }
}

const failOneInTwenty: Trouble = (state) => {
  state.failing = 0.05
  return { told: ({ change }) => change === 'failures', later: () => undefined }
}

function run(seed: number, trouble: Trouble, change: (target: Target) => Target): Case {
  const draw = createDraw(seed)
  const target = change(drawTarget(draw, 20))
  const state: State = { up: [], failing: 0, down: false }
  for (let replica = 0; replica < target.replicas; replica += 1)
    state.up.push(process(`web-${replica}`, draw))
  const next = ask(target, state, rate, start, draw)
  const watch = createWatch(rate)
  for (let request = 0; request < before; request += 1)
    next((observation) => {
      watchOver(watch, observation, () => undefined)
    })
  const begun = start + (before / rate + draw.unit()) * 1000
  const noticed = begun + 10_000 * draw.unit()
  let found: ReturnType<Trouble> | undefined
  let seconds = Infinity
  for (let request = 0; request < after && seconds === Infinity; request += 1) {
    const time = next((observation) => {
      watchOver(watch, observation, (one) => {
        if (found?.told(one) === true) seconds = Math.min(seconds, (one.at - begun) / 1000)
      })
    })
    if (time >= begun) found ??= trouble(state, draw)
    if (time >= noticed) found?.later()
  }
  return { target, seconds }
}

/** One replica of so many is lost. @param inTurn whether the balancer takes turns, or draws */
export function detectLoss(seed: number, replicas: number, inTurn: boolean): Case {
  return run(seed, loseReplica, (target) => ({
    ...target,
    replicas,
    balancer: inTurn ? 'round robin' : 'random',
    others: 0,
    workers: 1,
  }))
}

/** One request in twenty fails. */
export function detectFailures(seed: number): Case {
  return run(seed, failOneInTwenty, (target) => target)
}
