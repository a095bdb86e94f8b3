import { dealtOut } from '../affinity/dealt-out.ts'
import type { Tally } from '../tally.ts'
import { longAbsencesOf } from './absences.ts'

export interface ChangesVerdict {
  verdict: 'none' | 'changed' | 'cannot-tell'
  /** Why it cannot be told: connections that keep their replica do not show who else is there. */
  reason?: 'nobody' | 'kept-connections' | undefined
  /** Replicas that began to answer during the run, and when (Unix ms); oldest first. */
  came: { replica: string; at: number }[]
  /** Replicas that answered no more, and since when; those that said they were draining apart. */
  left: { replica: string; at: number; drained: boolean }[]
  /** Replicas that were away for a while, and came back. */
  away: { replica: string; from: number; to: number }[]
  /** More left than came: so many are missing at the end. */
  gone: number
}

/** Which replicas came, left, or were away for a while. */
export function judgeChanges(tally: Tally): ChangesVerdict {
  const dealt = dealtOut(tally)
  const absences = longAbsencesOf(tally)
  const came = absences
    .filter(({ kind }) => kind === 'late')
    .map(({ replica, to }) => ({ replica, at: to }))
  const left = absences
    .filter(({ kind }) => kind === 'gone')
    .map(({ replica, from }) => ({
      replica,
      at: from,
      drained: tally.lives.get(replica)?.draining !== undefined,
    }))
  const away = absences
    .filter(({ kind }) => kind === 'away')
    .map(({ replica, from, to }) => ({ replica, from, to }))
  const reason =
    dealt.counts.size === 0
      ? 'nobody'
      : dealt.presence.answers === 0
        ? 'kept-connections'
        : undefined
  return {
    verdict: absences.length > 0 ? 'changed' : reason ? 'cannot-tell' : 'none',
    reason,
    came: came.sort((a, b) => a.at - b.at),
    left: left.sort((a, b) => a.at - b.at),
    away: away.sort((a, b) => a.from - b.from),
    gone: Math.max(0, left.length - came.length),
  }
}
