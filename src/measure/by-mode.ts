import * as v from 'valibot'
import type { ByMode, Statistic } from './statistic.ts'

/** Counts requests over kept and over new connections apart; judges both together. */
export function byMode<State, Finding>(
  statistic: Statistic<State, Finding>,
): Statistic<ByMode<State>, Finding> {
  const { schema } = statistic
  const read = v.object({
    reuse: schema.read,
    new: schema.read,
  })
  return {
    create: () => ({ reuse: statistic.create(), new: statistic.create() }),
    add(modes, observation, vantage) {
      statistic.add(modes[observation.mode], observation, vantage)
    },
    merge: (a, b) => ({
      reuse: statistic.merge(a.reuse, b.reuse),
      new: statistic.merge(a.new, b.new),
    }),
    schema: {
      write: (modes) => ({
        reuse: schema.write(modes.reuse),
        new: schema.write(modes.new),
      }),
      read,
    },
    judge: (modes) => statistic.judge(statistic.merge(modes.reuse, modes.new)),
  }
}
