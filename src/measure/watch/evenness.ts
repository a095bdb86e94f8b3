import { increment, sumOf } from '../statistics/maps.ts'
import { chiSquareOfEven, chiSquareUpperTail } from '../statistics/significance.ts'
import type { Share, Tell } from './change.ts'

/** Whether the replicas get equal shares, judged block by block. */
export interface Evenness {
  counts: Map<string, number>
  /** Answers that are not counted yet: after a change shares need some time to settle. */
  skip: number
  uneven: boolean
}

const settling = 300
/** Answers that a block has, and for each replica, at least. */
const block = 600
const perReplica = 100
/** Some twenty thousand blocks are judged in a month; and below a fifth it is of no consequence. */
const improbable = 1e-9
const consequence = 0.2
/** As likely as not to be chance. */
const probable = 0.05

export function createEvenness(): Evenness {
  return { counts: new Map(), skip: settling, uneven: false }
}

/** Who is there has changed: what was counted is of another time. */
export function restartEvenness(evenness: Evenness): void {
  evenness.counts.clear()
  evenness.skip = settling
}

/** Counts one more answer. */
export function addToEvenness(evenness: Evenness, replica: string, at: number, tell: Tell): void {
  if (evenness.skip > 0) {
    evenness.skip -= 1
    return
  }
  const { counts } = evenness
  increment(counts, replica)
  const total = sumOf(counts)
  if (total < Math.max(block, perReplica * counts.size)) return
  const { p, furthest } = compare([...counts.values()], total)
  const shares = sharesOf(counts, total)
  counts.clear()
  if (!evenness.uneven && p < improbable && furthest > consequence) {
    evenness.uneven = true
    tell({ change: 'uneven', at, shares })
  } else if (evenness.uneven && (p > probable || furthest < consequence / 2)) {
    evenness.uneven = false
    tell({ change: 'uneven-over', at, shares })
  }
}

/** How likely such counts are by chance, and how far from even the furthest is. */
function compare(counts: readonly number[], total: number) {
  const even = total / counts.length
  return {
    p: chiSquareUpperTail(chiSquareOfEven(counts), counts.length - 1),
    furthest: Math.max(...counts.map((count) => Math.abs(count / even - 1))),
  }
}

/** Largest first. */
function sharesOf(counts: ReadonlyMap<string, number>, total: number): Share[] {
  return [...counts]
    .map(([replica, count]) => ({ replica, share: count / total }))
    .sort((a, b) => b.share - a.share)
}
