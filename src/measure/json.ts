import * as v from 'valibot'
import { createDispersion } from './dispersion.ts'
import { histogramFromPairs, histogramToPairs } from './latency.ts'
import { createLoad } from './load.ts'
import { outcomes } from './observation.ts'
import { createOutages, longestOutage } from './outage.ts'
import { createSequence } from './sequence.ts'
import type { ModeTally, Tally } from './tally.ts'
import type { Lane } from './timeline.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const spell = { answers: count, first: v.number(), last: v.number() }

/** A map travels as a list of its entries: names of replicas may be anything, `__proto__` too. */
function map<Value extends v.GenericSchema>(value: Value) {
  return v.pipe(
    v.array(v.tuple([v.string(), value])),
    v.transform((entries) => new Map(entries)),
  )
}

const histogram = v.pipe(
  v.array(v.tuple([count, count])),
  v.transform((pairs) => histogramFromPairs(pairs)),
)

const timeline = v.object({
  width: v.pipe(v.number(), v.minValue(1)),
  lanes: map(
    v.pipe(
      v.array(v.tuple([v.pipe(v.number(), v.integer()), count])),
      v.transform((pairs): Lane => pairs.map(([number, count]) => ({ number, count }))),
    ),
  ),
  span: v.optional(v.object({ first: v.number(), last: v.number() })),
})

const choices = v.object({ decisions: count, leastLoaded: count, expected: v.number() })

const mode = v.object({
  presence: v.object({
    answers: count,
    replicas: map(
      v.object({
        ...spell,
        before: count,
        lastPosition: count,
        longestGap: v.object({ others: count, from: v.number(), to: v.number() }),
      }),
    ),
  }),
  connections: v.pipe(
    v.object({ fresh: map(count), further: count, sameReplica: count }),
    v.transform((connections) => ({ ...connections, last: new Map<number, string>() })),
  ),
  dispersion: v.pipe(
    v.object({ scales: v.array(v.object({ chiSquare: v.number(), degrees: count })) }),
    v.transform((dispersion) => ({ ...createDispersion(), ...dispersion })),
  ),
  load: v.pipe(
    v.object({ unequal: choices, contested: choices }),
    v.transform((load) => ({ ...createLoad(), ...load })),
  ),
})

const tallySchema = v.object({
  vantage: v.string(),
  failures: v.object({
    requests: count,
    failures: count,
    kinds: map(
      v.object({
        outcome: v.picklist(outcomes),
        status: v.optional(v.number()),
        replica: v.optional(v.string()),
        count,
        first: v.number(),
        last: v.number(),
      }),
    ),
    outages: v.pipe(
      v.object({
        longest: v.optional(v.object({ from: v.number(), to: v.number(), failures: count })),
      }),
      v.transform(({ longest }) => ({ ...createOutages(), longest })),
    ),
  }),
  unattributed: count,
  clients: map(map(count)),
  modes: v.object({ reuse: mode, new: mode }),
  clocks: map(map(v.object({ offset: v.number(), bound: v.number() }))),
  lives: map(
    v.object({
      boots: map(v.object({ ...spell, lowest: v.optional(count), highest: v.optional(count) })),
      draining: v.optional(v.object(spell)),
    }),
  ),
  versions: map(v.object(spell)),
  latency: v.object({
    latency: histogram,
    service: histogram,
    lateness: histogram,
    replicas: map(histogram),
  }),
  timelines: v.object({ replicas: timeline, failures: timeline, versions: timeline }),
})

/** A tally as plain JSON. */
export type TallyJson = v.InferInput<typeof tallySchema>

/** The tally of a run that has ended, without loss. What is still in flight is left out. */
export function tallyToJson(tally: Tally): TallyJson {
  const { failures, latency, timelines } = tally
  return {
    vantage: tally.vantage,
    failures: {
      requests: failures.requests,
      failures: failures.failures,
      kinds: [...failures.kinds],
      outages: { longest: longestOutage(failures.outages) },
    },
    unattributed: tally.unattributed,
    clients: [...tally.clients].map(([vantage, counts]) => [vantage, [...counts]]),
    modes: { reuse: modeToJson(tally.modes.reuse), new: modeToJson(tally.modes.new) },
    clocks: [...tally.clocks].map(([vantage, readings]) => [vantage, [...readings]]),
    lives: [...tally.lives].map(([replica, { boots, draining }]) => [
      replica,
      { boots: [...boots], draining },
    ]),
    versions: [...tally.versions],
    latency: {
      latency: histogramToPairs(latency.latency),
      service: histogramToPairs(latency.service),
      lateness: histogramToPairs(latency.lateness),
      replicas: [...latency.replicas].map(([name, one]) => [name, histogramToPairs(one)]),
    },
    timelines: {
      replicas: timelineToJson(timelines.replicas),
      failures: timelineToJson(timelines.failures),
      versions: timelineToJson(timelines.versions),
    },
  }
}

function modeToJson({ presence, connections, dispersion, load }: ModeTally) {
  const { fresh, further, sameReplica } = connections
  return {
    presence: { answers: presence.answers, replicas: [...presence.replicas] },
    connections: { fresh: [...fresh], further, sameReplica },
    dispersion: {
      scales: dispersion.scales.map(({ chiSquare, degrees }) => ({ chiSquare, degrees })),
    },
    load: { unequal: load.unequal, contested: load.contested },
  }
}

function timelineToJson({ width, lanes, span }: Tally['timelines']['replicas']) {
  return {
    width,
    lanes: [...lanes].map(([label, lane]): [string, [number, number][]] => [
      label,
      lane.map(({ number, count }) => [number, count]),
    ]),
    span,
  }
}

/** @throws {v.ValiError} if `json` is not what `tallyToJson` gave; the message says where. */
export function tallyFromJson(json: unknown): Tally {
  const { modes, ...rest } = v.parse(tallySchema, json)
  return {
    ...rest,
    modes: {
      reuse: { ...modes.reuse, sequence: createSequence() },
      new: { ...modes.new, sequence: createSequence() },
    },
  }
}
