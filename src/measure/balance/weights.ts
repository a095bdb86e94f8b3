import { judge as judgeClients } from '../affinity/clients.ts'
import { dealtOut } from '../affinity/dealt-out.ts'
import type { DealtOut } from '../affinity/dealt-out.ts'
import { judgePinning } from '../affinity/pinning.ts'
import { createLoad } from '../order/load.ts'
import { absencesOf } from '../replicas/absences.ts'
import type { ByVersion } from '../replicas/by-version.ts'
import { increment } from '../statistics/maps.ts'
import type { Tally } from '../tally.ts'
import { merge as mergeAnswers } from './answers.ts'
import { dispersionOf } from './balance.ts'
import { intervals } from './intervals.ts'

/** Which weights the versions have, by what they got. */
export interface WeightsVerdict {
  verdict: 'weighted' | 'one-version' | 'cannot-tell'
  /** What a version is chosen for, and so what is counted. */
  unit: 'requests' | 'connections' | 'clients' | 'URLs' | 'machines'
  /** Most first; the intervals of all versions hold together with 95 % confidence. */
  versions: { version: string; count: number; share: number; low: number; high: number }[]
  /** Where counts vary more than at random (above 1), the intervals allow for it. */
  dispersion: number
  /** Answers that name a replica, and no version. */
  unattributed: number
  /** Why it cannot be told. */
  reason?: 'nobody' | 'version-missing' | undefined
  /** The version that answered in a part of the run only. */
  missing?: string | undefined
}

type Dealt = Pick<DealtOut, 'counts'> & {
  unit: WeightsVerdict['unit']
  dispersion: number
  missing?: string | undefined
}

/** Machines by version, where each always reached one and the same, and not all the same one. */
function machines(clients: ByVersion['clients']): Dealt | undefined {
  if (clients.size < 2 || !judgeClients(clients).stick) return undefined
  const counts = new Map<string, number>()
  for (const { answers } of clients.values()) {
    const [most] = [...answers].sort(([, a], [, b]) => b - a)
    if (most) increment(counts, most[0])
  }
  return { unit: 'machines', counts, dispersion: 1 }
}

/** Versions by what the balancer chose one for. */
function dealt(tally: Tally): Dealt {
  const { dispersion, ...counted } = tally.byVersion
  const choices = {
    all: { dispersion: dispersion.all, load: createLoad() },
    new: { dispersion: dispersion.new, load: createLoad() },
  }
  const versions = dealtOut({ ...counted, choices })
  const { replicas: counts } = mergeAnswers(counted.answers.reuse, counted.answers.new)
  // With one version, connections say nothing about what it is chosen for; the replicas' may.
  const undecided = counts.size < 2 && judgePinning(tally).verdict === 'not-pinned'
  if (undecided) return { unit: 'requests', counts, dispersion: 1 }
  const [missing] = absencesOf(versions)
  return { ...versions, dispersion: dispersionOf(versions), missing: missing?.replica }
}

/** The shares of the versions in what the balancer deals out. */
export function judgeWeights(tally: Tally): WeightsVerdict {
  const { answers, clients } = tally.byVersion
  const { unit, counts, dispersion, missing } = machines(clients) ?? dealt(tally)
  const reason =
    counts.size === 0 ? 'nobody' : missing === undefined ? undefined : 'version-missing'
  const verdict = reason ? 'cannot-tell' : counts.size === 1 ? 'one-version' : 'weighted'
  return {
    verdict,
    unit,
    versions: intervals(counts, dispersion)
      .map(({ name, ...share }) => ({ version: name, ...share }))
      .sort((a, b) => b.share - a.share || a.version.localeCompare(b.version)),
    dispersion: Math.max(1, dispersion),
    unattributed: mergeAnswers(answers.reuse, answers.new).unattributed,
    reason,
    missing,
  }
}
