import type { Observation } from '../../measure/observation.ts'
import type { PodHistory } from './pods.ts'

/** What a pod was doing. `serving`: nothing that has to do with the rollout. */
export type Phase = 'starting' | 'serving' | 'draining' | 'gone'

/** A pod that a lost request may have gone to, and what it was doing. */
export interface Suspect {
  pod: string
  phase: Phase
}

/** Requests that were lost to the same. Times in Unix ms. */
export interface Loss {
  /** One where it is known, several where it may be any; none: the proxy's own doing. */
  suspects: Suspect[]
  count: number
  first: number
  last: number
  /** How they were lost, such as 502 or `reset`, and how many so. */
  ways: Record<string, number>
}

export interface Lost extends Pick<
  Observation,
  'sent' | 'done' | 'outcome' | 'status' | 'replica'
> {
  /** Answers since the loss before this one, and when that was (the run's start without one). */
  answersBefore: number
  lossBefore: number
}

/** Milliseconds in which a balancer learns of a pod that has come or gone, and news of it reach us. */
const lag = 5000
/** Milliseconds by which a watch may be behind what it tells of. */
const newsLag = 1000

/**
 * So many answers in a row for each pod, and not one lost: a balancer that still chose one of them,
 * in turn or at random, would have hit it, but for one time in a thousand (e^−7).
 */
const enoughAnswers = 7

/** What a pod was doing at some time between the two; nothing to do with the rollout: `serving`. */
export function phaseOf(
  { old, ready = Infinity, draining = Infinity, ended = Infinity, answered }: PodHistory,
  from: number,
  to: number,
): Phase | 'absent' {
  if (from >= ended + lag) return 'absent'
  if (to >= ended) return 'gone'
  if (to >= draining - newsLag) return 'draining'
  if (old) return 'serving'
  if (to < ready - newsLag) return 'absent'
  // It has shown that it answers, and the balancer that it knows it.
  return from < Math.min(answered ?? Infinity, ready + lag) ? 'starting' : 'serving'
}

/** Who may have lost a request. */
export function suspectsOf({ sent, done, replica }: Lost, pods: PodHistory[]): Suspect[] {
  if (replica !== undefined) {
    const pod = pods.find((one) => one.pod === replica)
    const phase = pod ? phaseOf(pod, sent, done) : 'serving'
    return [{ pod: replica, phase: phase === 'absent' ? 'serving' : phase }]
  }
  return pods.flatMap((pod) => {
    const phase = phaseOf(pod, sent, done)
    return phase === 'absent' || phase === 'serving' ? [] : [{ pod: pod.pod, phase }]
  })
}

const wayOf = ({ status, outcome }: Lost) => (status === undefined ? outcome : `${status}`)

/**
 * Lost requests by who may have lost them, the most first. A pod that has ended is forgotten once nothing
 * has been lost for a while. @param losses as they ended
 */
export function blame(losses: readonly Lost[], pods: PodHistory[]): Loss[] {
  const groups = new Map<string, Loss>()
  const forgotten = new Set<PodHistory>()
  for (const lost of losses) {
    if (lost.answersBefore >= enoughAnswers * pods.length) {
      for (const pod of pods) {
        if ((pod.ended ?? Infinity) <= lost.lossBefore) forgotten.add(pod)
      }
    }
    const suspects = suspectsOf(
      lost,
      pods.filter((pod) => !forgotten.has(pod)),
    )
    const key = JSON.stringify(suspects)
    const group = groups.get(key) ?? {
      suspects,
      count: 0,
      first: lost.done,
      last: lost.done,
      ways: {},
    }
    groups.set(key, group)
    group.count += 1
    group.last = lost.done
    const way = wayOf(lost)
    group.ways[way] = (group.ways[way] ?? 0) + 1
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}
