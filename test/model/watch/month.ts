import type { Change } from '../../../src/measure/watch/change.ts'
import { conditions } from '../../../src/measure/watch/change.ts'
import { createWatch, watchOver } from '../../../src/measure/watch/watch.ts'
import type { Watch } from '../../../src/measure/watch/watch.ts'
import { Agenda } from '../agenda.ts'
import { createDraw } from '../draw.ts'
import type { Draw } from '../draw.ts'
import { ask, drawTarget, process } from './target.ts'
import type { Process, State, Target } from './target.ts'

export const rate = 5
const start = 1_700_000_000_000
const second = 1000
const day = 86_400 * second

export interface Month {
  target: Target
  requests: number
  changes: number
  falseAlarms: Change[]
  watch: Watch
}

/** What happens to a target that is well: it is rolled out, restarted and scaled, and loses nothing. */
function operations(target: Target, state: State, days: number, draw: Draw) {
  const agenda = new Agenda<() => void>()
  let born = 0
  const create = () => process(`web-${born++}`, draw)
  const enter = (one: Process) => (state.up = [...state.up, one])
  const leave = (one: Process) => (state.up = state.up.filter((other) => other !== one))

  /** It goes on answering for as long as the balancer takes to notice. */
  const drain = (at: number, one: Process, slowest: number) => {
    agenda.add(at, () => (one.draining = true))
    agenda.add(at + (0.5 + slowest * draw.unit()) * second, () => leave(one))
  }
  /** One comes before another goes. */
  const rollOut = (begin: number) => {
    agenda.add(begin, () => {
      let at = begin
      for (const old of state.up) {
        at += (5 + 25 * draw.unit()) * second
        agenda.add(at, () => enter(create()))
        drain(at + 5 * second * draw.unit(), old, 5)
      }
    })
  }
  const scale = (begin: number) => {
    agenda.add(begin, () => enter(create()))
    const end = begin + (0.2 + 3 * draw.unit()) * 3600 * second
    agenda.add(end, () => {
      const [oldest] = state.up
      if (oldest) drain(end, oldest, 10)
    })
  }
  /** The others stand in, and it comes back under its name. */
  const restart = (begin: number) => {
    agenda.add(begin, () => {
      const one = state.up[draw.below(state.up.length)]
      if (!one) return
      leave(one)
      agenda.add(begin + (1 + 9 * draw.unit()) * second, () => enter(process(one.name, draw)))
    })
  }
  for (let replica = 0; replica < target.replicas; replica += 1) enter(create())
  for (let today = 0; today < days; today += 1) {
    const midnight = start + today * day
    rollOut(midnight + 2 * 3600 * second)
    // Who is gone without a word cannot be told from who is lost.
    if (target.announces) scale(midnight + (8 + 10 * draw.unit()) * 3600 * second)
    restart(midnight + (8 + 10 * draw.unit()) * 3600 * second)
  }
  return (time: number) => {
    for (let next = agenda.take(); next; next = agenda.take()) {
      if (next.time > time) {
        agenda.add(next.time, next.item)
        return
      }
      next.item()
    }
  }
}

/**
 * Watches a target that is well for so many days, and notes what is told as wrong with it.
 * @param look is shown the watch after each day
 */
export function simulateMonth(seed: number, days = 30, look?: (watch: Watch) => void): Month {
  const draw = createDraw(seed)
  const target = drawTarget(draw, 20)
  const state: State = { up: [], failing: 0, down: false }
  const happen = operations(target, state, days, draw)
  const next = ask(target, state, rate, start, draw)
  const watch = createWatch(rate)
  const month: Month = { target, requests: 0, changes: 0, falseAlarms: [], watch }
  /** Whose last word was that it drains. */
  const announced = new Set<string>()
  const tell = (change: Change) => {
    month.changes += 1
    if (!conditions.some((condition) => condition === change.change)) return
    // What was not heard by the watch is no reproach.
    const there = state.up.map(({ name }) => name)
    if (change.change === 'replica-lost' && !there.includes(change.replica))
      if (target.announces && !announced.has(change.replica)) return
    month.falseAlarms.push(change)
  }
  for (let today = 1; today <= days; today += 1) {
    for (let request = 0; request < (day / second) * rate; request += 1) {
      const time = next((observation) => {
        const { replica, draining } = observation
        if (replica !== undefined && draining === true) announced.add(replica)
        watchOver(watch, observation, tell)
      })
      month.requests += 1
      happen(time)
    }
    look?.(watch)
  }
  return month
}
