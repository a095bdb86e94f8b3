import type { Replica, State } from '../../handler/replica.ts'
import { createBootId } from './boot-id.ts'
import { buildInfo } from './build-info.ts'
import { createClock } from './clock.ts'
import type { Config } from '../process/config.ts'

/** The replica that a process is. */
export interface OwnReplica extends Replica {
  state: State
  /** From now on it is draining, and who waits for that is told. */
  drain(): void
}

/**
 * Makes the replica that a process is.
 * @param runtime name and version, such as `node/26.10.0`, and the host name or what stands in for it
 * @param state for the composition root to set, where it ever changes
 */
export function createReplica(
  { replicaName, place }: Pick<Config, 'replicaName' | 'place'>,
  runtime: { readonly name: string; readonly hostname: string },
  state: State = 'starting',
): OwnReplica {
  const now = createClock()
  const drain = new AbortController()
  return {
    hostname: replicaName ?? runtime.hostname,
    bootId: createBootId(),
    startedAt: now(),
    build: buildInfo,
    runtime: runtime.name,
    place,
    state,
    draining: drain.signal,
    drain() {
      this.state = 'draining'
      drain.abort()
    },
    now,
  }
}
