import * as v from 'valibot'

/** When what became of a pod was learnt of, in Unix ms on the clock of this machine. */
export interface PodHistory {
  pod: string
  /** It was there before the rollout. */
  old: boolean
  created: number
  ready?: number | undefined
  /** It was told to end. */
  draining?: number | undefined
  /** Its containers have ended. */
  ended?: number | undefined
  /** It first answered the probe, as itself. */
  answered?: number | undefined
}

/** What kubectl writes for each event of a watch. */
const PodEvent = v.object({
  type: v.picklist(['ADDED', 'MODIFIED', 'DELETED']),
  object: v.object({
    metadata: v.object({ name: v.string(), deletionTimestamp: v.optional(v.string()) }),
    status: v.optional(
      v.object({
        conditions: v.optional(v.array(v.object({ type: v.string(), status: v.string() })), []),
        containerStatuses: v.optional(
          v.array(
            v.object({ state: v.optional(v.object({ terminated: v.optional(v.object({})) }), {}) }),
          ),
          [],
        ),
      }),
      { conditions: [], containerStatuses: [] },
    ),
  }),
})

const PodEventLine = v.pipe(v.string(), v.parseJson(), PodEvent)

/** The pods of a deployment, as a watch tells of them. */
export interface Pods {
  /** Reads an event as kubectl writes it. @param at when it came, Unix ms */
  read(line: string, at: number): void
  /** From now on, pods that come are those of the rollout. */
  begin(): void
  /** An answer that named a replica. */
  answered(replica: string, at: number): void
  /** Whether some pod that was told to end has not ended. */
  areDraining(): boolean
  /** In the order in which they came. */
  all(): PodHistory[]
}

export function createPods(): Pods {
  const pods = new Map<string, PodHistory>()
  let begun = false
  return {
    read(line, at) {
      const event = v.safeParse(PodEventLine, line)
      // Bookmarks, and errors of the watch, are about no pod.
      if (!event.success) return
      const { type, object } = event.output
      const { name, deletionTimestamp } = object.metadata
      const { conditions, containerStatuses } = object.status
      const history = pods.get(name) ?? { pod: name, old: !begun, created: at }
      pods.set(name, history)
      if (conditions.some((one) => one.type === 'Ready' && one.status === 'True'))
        history.ready ??= at
      if (deletionTimestamp !== undefined) history.draining ??= at
      const ended =
        containerStatuses.length > 0 &&
        containerStatuses.every(({ state }) => state.terminated !== undefined)
      if (history.draining !== undefined && ended) history.ended ??= at
      if (type === 'DELETED') {
        history.draining ??= at
        history.ended ??= at
      }
    },
    begin() {
      begun = true
    },
    answered(replica, at) {
      const history = pods.get(replica)
      if (history) history.answered ??= at
    },
    areDraining: () =>
      [...pods.values()].some(
        ({ draining, ended }) => draining !== undefined && ended === undefined,
      ),
    all: () => [...pods.values()],
  }
}
