import { sumOf } from '../statistics/maps.ts'
import { zOf } from '../statistics/significance.ts'
import { intervals } from './intervals.ts'
import type { Interval } from './intervals.ts'

/** Whether what was counted fits the weights that somebody set. */
export interface Fit {
  verdict: 'fits' | 'differs' | 'cannot-tell'
  /** In the order of the weights, and then those that these do not name, which should get nothing. */
  parts: (Interval & { weight: number })[]
  /** It fits, but less well than 95 of 100 runs with these weights would. */
  barely: boolean
  /** The shares, in the same order, of the weights next to these, and whether they are excluded. */
  next: number[]
  nextExcluded: boolean
  /** How many more it would take to tell, or else to tell these weights from the next ones. */
  more?: number | undefined
}

/** One false alarm in a thousand runs. */
const alpha = 0.001
/** Chance that as many more as are asked for are enough. */
const power = 0.95
/** To ask for less more is no use. */
const fewest = 10
/** Weights that are next to others differ by so much of the whole, or by half of the smallest. */
const step = 0.05

/** What a part would get at twice its weight: a statement that it fits must not overlook that. */
const twice = (weight: number) => (2 * weight) / (1 + weight)

/** Whether a part says so little that its weight may be quite another. */
function saysLittle({ weight, low, high }: Fit['parts'][number]): boolean {
  if (weight === 1) return low < 1 - step
  return weight > 0 && weight <= 0.5 && high > twice(weight)
}

/** How many it takes until a share is told from another one, where counts vary by chance. */
function enough(share: number, other: number): number {
  const deviation = (of: number) => Math.sqrt(of * (1 - of))
  const away = zOf(1 - alpha) * deviation(share) + zOf(2 * power - 1) * deviation(other)
  return share === other ? Infinity : (away / (other - share)) ** 2
}

/**
 * The weights next to these: the largest gives `step` of the whole to the smallest, or half of what that
 * has if it is less. Who has nothing gets something only where one has all.
 */
function nextTo(weights: readonly number[]): number[] {
  const [smallest = 0, ...others] = weights.filter((weight) => weight > 0).sort((a, b) => a - b)
  const shift = Math.min(step, smallest / 2)
  const from = weights.indexOf(others.at(-1) ?? smallest)
  const to = others.length > 0 ? weights.lastIndexOf(smallest) : weights.indexOf(0)
  return weights.map((weight, place) =>
    place === from ? weight - shift : place === to ? weight + shift : weight,
  )
}

/**
 * Compares counts with weights. It differs where a weight lies outside its interval at 99.9 %; it fits
 * where none does, and what was counted excludes that a part gets twice its weight.
 * @param weights one at least more than 0, whatever their sum
 * @param dispersion how much counts vary, compared with chance; below 1 it counts as 1
 */
export function judgeFit(
  weights: ReadonlyMap<string, number>,
  counts: ReadonlyMap<string, number>,
  dispersion: number,
): Fit {
  const names = [...new Set([...weights.keys(), ...counts.keys()])]
  const all = new Map(names.map((name) => [name, counts.get(name) ?? 0]))
  const [total, sum] = [sumOf(all), sumOf(weights)]
  const parts = intervals(all, dispersion).map((part) => ({
    ...part,
    weight: (weights.get(part.name) ?? 0) / sum,
  }))
  const certain = intervals(all, dispersion, 1 - alpha)
  const excluded = (shares: readonly number[], bounds: readonly Interval[]) =>
    bounds.some(({ low, high }, place) => !inside(shares[place] ?? 0, low, high))
  const expected = parts.map(({ weight }) => weight)
  const next = nextTo(expected)
  const nextExcluded = excluded(next, certain)
  const little = parts.find(saysLittle)
  const verdict = excluded(expected, certain) ? 'differs' : little ? 'cannot-tell' : 'fits'
  const other = (weight: number) => (weight === 1 ? 1 - step : twice(weight))
  // Where several parts differ, the one that shows it first.
  const needed = little
    ? enough(little.weight, other(little.weight))
    : Math.min(...expected.map((weight, place) => enough(weight, next[place] ?? weight)))
  const more = Math.ceil(Math.max(needed * Math.max(1, dispersion) - total, total / 4, fewest))
  return {
    verdict,
    parts,
    barely: verdict === 'fits' && excluded(expected, parts),
    next,
    nextExcluded,
    more: verdict === 'cannot-tell' || (verdict === 'fits' && !nextExcluded) ? more : undefined,
  }
}

const inside = (share: number, low: number, high: number) => low <= share && share <= high
