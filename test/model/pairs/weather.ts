import type { Observation } from '../../../src/measure/observation.ts'
import type { Draw } from '../draw.ts'

/**
 * What makes runs of one target differ, and requests that follow each other alike: a machine that is now
 * faster, now slower; pauses in which nothing ends; queues; and failures. It belongs to the target, not to
 * the run.
 */
export interface Weather {
  /** Standard deviation of the logarithm of the speed, and how much of a run it takes to change. */
  drift: { deviation: number; time: number }
  /** On average so many in a run, each of such a part of it. */
  pauses: { number: number; part: number }
  /** How busy what all requests queue for is, 0 to 1; 0 where nobody queues. */
  busy: number
  /** One replica takes longer, by such a part of the run; 0 where none does. */
  slow: number
  /** The part of the requests that fails; so many at a time. */
  failures: { part: number; together: number }
}

export function drawWeather(draw: Draw): Weather {
  const failing = draw.chance(0.4)
  return {
    drift: { deviation: 0.08 * draw.unit(), time: draw.logUniform(0.01, 0.3) },
    pauses: {
      number: draw.chance(0.5) ? 0 : draw.logUniform(0.3, 30),
      part: draw.logUniform(0.0003, 0.01),
    },
    slow: draw.chance(0.2) ? draw.logUniform(0.0005, 0.01) : 0,
    busy: draw.chance(0.5) ? 0 : 0.3 + 0.5 * draw.unit(),
    failures: {
      part: failing ? draw.logUniform(0.0002, 0.005) : 0,
      together: draw.chance(0.7) ? 1 : draw.size(2, 10),
    },
  }
}

/** A speed that takes after what it was before: Ornstein and Uhlenbeck's process, in steps. */
function createDrift({ deviation, time }: Weather['drift'], draw: Draw): number[] {
  const steps = 200
  const keeps = Math.exp(-1 / (time * steps))
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - draw.unit())) * Math.cos(2 * Math.PI * draw.unit())
  let level = normal()
  return Array.from({ length: steps }, () => {
    level = keeps * level + Math.sqrt(1 - keeps * keeps) * normal()
    return Math.exp(deviation * level)
  })
}

/** The run as it comes out in that weather, in the order in which requests end. */
export function expose(run: readonly Observation[], weather: Weather, draw: Draw): Observation[] {
  const { pauses, busy, slow, failures } = weather
  const sent = run.toSorted((a, b) => a.index - b.index)
  const from = sent[0]?.sent ?? 0
  const length = (sent.at(-1)?.sent ?? 0) - from + 1
  const pause = pauses.part * length
  const drift = createDrift(weather.drift, draw)
  const pauseAt: number[] = []
  for (let at = 0; pauses.number > 0;) {
    at += draw.exponential(length / pauses.number)
    if (at > length) break
    pauseAt.push(from + at)
  }
  let freeAt = from
  let failing = 0
  const exposed = sent.map((one): Observation => {
    const at = drift[Math.floor(((one.sent - from) / length) * drift.length)] ?? 1
    let done = one.sent + (one.done - one.sent) * at
    if (one.replica === 'web-0') done += slow * length
    if (busy > 0) {
      freeAt = Math.max(one.sent, freeAt) + draw.exponential((busy * length) / sent.length) * at
      done += freeAt - one.sent
    }
    const paused = pauseAt.find((begin) => begin <= done && done < begin + pause)
    if (paused !== undefined) done = paused + pause + 0.2 * draw.unit()
    if (failing === 0 && draw.chance(failures.part / failures.together)) failing = failures.together
    if (failing === 0) return { ...one, done }
    failing -= 1
    return { ...one, done, outcome: 'replica-error', status: 503 }
  })
  return exposed.sort((a, b) => a.done - b.done)
}
