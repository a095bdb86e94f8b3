import type { ConnectionMode } from '../measure/observation.ts'
import type { Amount } from './load/load.ts'
import type { ProbeOptions } from './options/command.ts'
import { parseReplicaByOption, type ReplicaBy } from './options/request.ts'
import type { Target } from './transport/target.ts'

/** One run, spelled out. */
export interface Plan {
  target: Target
  connections: ConnectionMode | 'both'
  /** Requests per second; absent where `amount.concurrency` sets the pace. */
  rate: number | undefined
  amount: Amount
  replicaBy: ReplicaBy
}

const defaultRequests = 1000
const defaultTimeout = 5000
const closedLoopConcurrency = 10
/** Below the usual limit of 1024 open files. */
const openLoopConcurrency = 500

/** Fills in what the command line left open. */
export function toPlan(url: URL, options: ProbeOptions): Plan {
  const { requests, duration = Infinity, rate } = options
  const host = options.host === undefined ? [] : ['Host', options.host]
  return {
    target: {
      url,
      method: options.method,
      headers: [...host, ...(options.header ?? [])],
      resolve: options.resolve ?? new Map<string, string>(),
      insecure: options.insecure ?? false,
      timeout: options.timeout ?? defaultTimeout,
    },
    connections: options.connections,
    rate,
    amount: {
      requests: requests ?? (duration === Infinity ? defaultRequests : Infinity),
      duration,
      concurrency:
        options.concurrency ?? (rate === undefined ? closedLoopConcurrency : openLoopConcurrency),
    },
    replicaBy: options.replicaBy ?? parseReplicaByOption('auto'),
  }
}
