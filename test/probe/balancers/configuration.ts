import type { Finding } from '../../../src/measure/decision.ts'
import type { Verdicts } from '../../../src/measure/verdicts.ts'
import type { ReplicaKind } from './replicas.ts'

/** A balancer's configuration, how it is probed, and what the report has to say. */
export interface Configuration<Settings> {
  /** Unique among those of its balancer. */
  title: string
  settings: Settings
  /** Who is behind it, named a, b, c …; three served-bys where nothing else is said. */
  replicas?: readonly ReplicaKind[]
  /** The probe's options, and the paths that are asked: `/` where there is none. */
  probe?: readonly string[]
  says: Says
}

/** Verdicts that are right: one each, except where the table says why there are two. */
export interface Says {
  balance?: Verdicts['balance']['verdict'][]
  order?: Verdicts['order']['verdict'][]
  pinning?: Verdicts['pinning']['verdict'][]
  affinity?: Verdicts['affinity']['verdict'][]
  /** What the versions' shares are of, and whether first answers of a process are told. */
  versions?: Verdicts['weights']['unit']
  coldStarts?: Verdicts['coldStarts']['verdict'][]
  pace?: Verdicts['pace']['verdict'][]
  /** Shares as multiples of the smallest. */
  weights?: number[]
  /** What makes it not fine; nothing without it. */
  finds?: Finding[]
  /** Statuses of the failures; none may fail without it. */
  failed?: number[]
  /** The probe's exit code, 0 without it. */
  exit?: number
}

/** What the probe says of a balancer that takes strict turns, request by request. */
export const inTurn: Says = { balance: ['even'], order: ['round-robin'], pinning: ['not-pinned'] }

/** What it says where every answer comes from one replica. */
export const one: Says = { balance: ['cannot-tell'], order: ['one-replica'] }

/**
 * The order of least connections: on a busy machine what the balancer saw in flight is not what the probe
 * sees, and no order is the honest answer then.
 */
export const leastConnections: NonNullable<Says['order']> = ['least-connections', 'cannot-tell']
