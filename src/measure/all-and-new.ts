import * as v from 'valibot'
import type { Statistic } from './statistic.ts'

/** A statistic of all requests, and one of those over new connections by themselves. */
export interface AllAndNew<State> {
  all: State
  new: State
}

/**
 * Counts all requests together, because the balancer gets kept and new connections in one order; and
 * those over new connections apart, for where only they are a choice.
 */
export function allAndNew<State, Finding>(
  statistic: Statistic<State, Finding>,
): Statistic<AllAndNew<State>, Finding> {
  const { schema } = statistic
  return {
    create: () => ({ all: statistic.create(), new: statistic.create() }),
    add(states, observation, vantage) {
      statistic.add(states.all, observation, vantage)
      if (observation.mode === 'new') statistic.add(states.new, observation, vantage)
    },
    merge: (a, b) => ({
      all: statistic.merge(a.all, b.all),
      new: statistic.merge(a.new, b.new),
    }),
    schema: {
      write: (states) => ({ all: schema.write(states.all), new: schema.write(states.new) }),
      read: v.object({ all: schema.read, new: schema.read }),
    },
    judge: (states) => statistic.judge(states.all),
  }
}
