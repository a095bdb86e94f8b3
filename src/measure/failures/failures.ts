import * as v from 'valibot'
import { outcomes } from '../observation.ts'
import type { Observation, Outcome } from '../observation.ts'
import type { Schema } from '../statistic.ts'
import { count, mapOf } from '../statistics/schemas.ts'
import { addToOutages, createOutages, longestOutage, mergeOutages } from './outage.ts'
import type { Outage, Outages } from './outage.ts'

/** Which requests failed, how, when and at whose hands. */
export interface Failures {
  requests: number
  failures: number
  kinds: Map<string, FailureKind>
  outages: Outages
}

export interface FailureKind {
  outcome: Outcome
  status?: number | undefined
  replica?: string | undefined
  count: number
  /** When the first was sent and the last was known to have failed (Unix ms). */
  first: number
  last: number
}

export interface FailureCounts {
  requests: number
  failures: number
  /** Most frequent first. */
  kinds: FailureKind[]
  /** The longest time in which requests failed and none succeeded. `length` in ms. */
  longestOutage?: ({ length: number } & Outage) | undefined
}

export function create(): Failures {
  return { requests: 0, failures: 0, kinds: new Map(), outages: createOutages() }
}

/** A complete response below 500 is a success, whoever gave it. */
export function add(failures: Failures, observation: Observation): void {
  const { outcome, status, replica, sent, done } = observation
  const failed = outcome !== 'answered'
  failures.requests += 1
  addToOutages(failures.outages, sent, done, failed)
  if (!failed) return
  failures.failures += 1
  addKind(failures.kinds, { outcome, status, replica, count: 1, first: sent, last: done })
}

function addKind(kinds: Map<string, FailureKind>, more: FailureKind): void {
  const key = `${more.outcome} ${more.status ?? ''} ${more.replica ?? ''}`
  const known = kinds.get(key)
  kinds.set(key, {
    ...more,
    count: more.count + (known?.count ?? 0),
    first: Math.min(more.first, known?.first ?? Infinity),
    last: Math.max(more.last, known?.last ?? -Infinity),
  })
}

/** Both together; the outage is the longest that either client saw. */
export function merge(a: Failures, b: Failures): Failures {
  const kinds = new Map<string, FailureKind>()
  for (const kind of [...a.kinds.values(), ...b.kinds.values()]) addKind(kinds, kind)
  return {
    requests: a.requests + b.requests,
    failures: a.failures + b.failures,
    kinds,
    outages: mergeOutages(a.outages, b.outages),
  }
}

export const schema: Schema<Failures> = {
  write: ({ requests, failures, kinds, outages }) => ({
    requests,
    failures,
    kinds: [...kinds],
    longestOutage: longestOutage(outages),
  }),
  read: v.pipe(
    v.object({
      requests: count,
      failures: count,
      kinds: mapOf(
        v.object({
          outcome: v.picklist(outcomes),
          status: v.optional(v.number()),
          replica: v.optional(v.string()),
          count,
          first: v.number(),
          last: v.number(),
        }),
      ),
      longestOutage: v.optional(v.object({ from: v.number(), to: v.number(), failures: count })),
    }),
    v.transform(({ longestOutage: longest, ...failures }) => ({
      ...failures,
      outages: { ...createOutages(), longest },
    })),
  ),
}

export function judge({ requests, failures, kinds, outages }: Failures): FailureCounts {
  const longest = longestOutage(outages)
  return {
    requests,
    failures,
    kinds: [...kinds.values()].sort((a, b) => b.count - a.count || a.first - b.first),
    longestOutage: longest && { ...longest, length: longest.to - longest.from },
  }
}
