/** What was built: the package's version and the commit it was built from. */
export interface Build {
  readonly version: string
  readonly commit: string
  /** Whether it is that version as released; every other build of it has a commit of its own. */
  readonly release: boolean
}

/** Where the replica runs, as far as the platform says: Kubernetes' downward API or its like. */
export interface Place {
  readonly pod?: string | undefined
  readonly namespace?: string | undefined
  readonly ip?: string | undefined
  readonly node?: string | undefined
  readonly zone?: string | undefined
}

/** A replica takes traffic only while `ready`; while `draining` it still answers what comes. */
export type State = 'starting' | 'ready' | 'draining'

/** Who answers. The adapter makes it; the handler only reads it. */
export interface Replica {
  /** The operating system's host name, or what stands in for it. */
  readonly hostname: string
  /** Tells one life of the process from the next; a Token of RFC 9651 §3.3.4. */
  readonly bootId: string
  /** Unix time of the start, in seconds. */
  readonly startedAt: number
  readonly build: Build
  /** Name and version, such as `node/26.10.0`. */
  readonly runtime: string
  readonly place: Place
  readonly state: State
  /** Aborted when the state becomes `draining`; absent where nobody is told that the end is near. */
  readonly draining?: AbortSignal | undefined
  /** Unix time in seconds, with microsecond resolution. */
  now(): number
}
