import type { Observation } from '../../../src/measure/observation.ts'
import type { Draw } from '../draw.ts'

/** What a new version may do to a run. */
export const damages = {
  'all take twice as long': (run: readonly Observation[]) =>
    ordered(run.map((one) => ({ ...one, done: 2 * one.done - one.due }))),
  /** The 99th percentile doubles, and little else moves. */
  '2 % take twice the old 99th percentile': (
    run: readonly Observation[],
    draw: Draw,
    before: readonly Observation[],
  ) => {
    const took = before.map(({ due, done }) => done - due).sort((a, b) => a - b)
    const long = 2 * (took[Math.floor(0.99 * took.length)] ?? 0)
    return ordered(
      run.map((one) =>
        draw.chance(0.02) ? { ...one, done: Math.max(one.done, one.due + long) } : one,
      ),
    )
  },
  '1 % fail': (run: readonly Observation[], draw: Draw) =>
    run.map((one) => (draw.chance(0.01) ? failed(one) : one)),
  '1 % fail, all of one replica': (run: readonly Observation[], draw: Draw) => {
    const [{ replica } = { replica: undefined }] = run
    const part = run.filter((one) => one.replica === replica).length / run.length
    return run.map((one) =>
      one.replica === replica && draw.chance(0.01 / part) ? failed(one) : one,
    )
  },
} satisfies Record<
  string,
  (run: readonly Observation[], draw: Draw, before: readonly Observation[]) => Observation[]
>

export type Damage = keyof typeof damages

const failed = (one: Observation): Observation => ({
  ...one,
  outcome: 'replica-error',
  status: 503,
})

const ordered = (run: Observation[]) => run.sort((a, b) => a.done - b.done)
