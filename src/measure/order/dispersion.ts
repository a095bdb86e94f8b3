import * as v from 'valibot'
import { chiSquareTails, chiSquareUpperTail } from '../statistics/significance.ts'
import { count } from '../statistics/schemas.ts'

/**
 * How much the replicas' counts vary from one stretch of requests to the next, at every scale.
 *
 * The sequence of answers is cut into neighbouring pairs of windows of 4, 8, 16 … answers. Within
 * a pair, the homogeneity chi-square compares the two windows: Σ (a − b)² / (a + b). Divided by its
 * degrees of freedom it is about 1 where each answer is drawn at random, whatever the shares; near
 * 0 where replicas take turns; above 1 where answers come in bursts. Because each window is only
 * compared with its neighbour, shares that drift or a replica that goes away do no harm. (The same
 * differences, of variances, are known as the Haar wavelet or Allan 1966 variance.)
 */
export interface Dispersion {
  /** Item j is about windows of 4 · 2^j answers. */
  scales: Scale[]
  /** The place of each replica in a window. */
  places: Map<string, number>
  /** The shortest window, being filled, and the answers in it. */
  window: Window
  filled: number
}

/** Answers by each replica; those behind the end gave none. */
type Window = number[]

interface Sum {
  chiSquare: number
  degrees: number
}

interface Scale extends Sum {
  /** Pairs that no chance makes so different: something changed between the one and the other. */
  breaks: Sum & { pairs: number }
  /** The first window of a pair, waiting for the second. */
  first?: Window | undefined
}

export interface DispersionAt {
  /** Answers in the shortest window. */
  window: number
  degrees: number
  /** Chi-square over its degrees of freedom: 1 is random, 0 is perfectly regular. */
  ratio: number
  /** Chance of so low, or so high, a ratio if answers were drawn at random. */
  pLow: number
  pHigh: number
}

const shortest = 4
/** Of two windows to differ so much by chance. */
const improbable = 1e-4
/** More breaks at a scale than this are no changes of the replicas: answers come in bursts. */
const mostBreaks = 4

export function createDispersion(): Dispersion {
  return { scales: [], places: new Map(), window: [], filled: 0 }
}

/** Adds the next answer in the order of sending. */
export function addToDispersion(dispersion: Dispersion, replica: string): void {
  const { places, window } = dispersion
  let place = places.get(replica)
  if (place === undefined) {
    place = places.size
    places.set(replica, place)
  }
  while (window.length <= place) window.push(0)
  window[place] = (window[place] ?? 0) + 1
  dispersion.filled += 1
  if (dispersion.filled < shortest) return
  dispersion.window = []
  dispersion.filled = 0
  addWindow(dispersion.scales, window)
}

/** Pairs a full window with the one before; two as one go on to the next scale. */
function addWindow(scales: Scale[], full: Window): void {
  let window = full
  for (let j = 0; ; j++) {
    const scale = (scales[j] ??= createScale())
    const { first } = scale
    if (!first) {
      scale.first = window
      return
    }
    scale.first = undefined
    window = compare(scale, first, window, shortest * 2 ** j)
  }
}

function createScale(): Scale {
  return { chiSquare: 0, degrees: 0, breaks: { chiSquare: 0, degrees: 0, pairs: 0 } }
}

/** Enters one pair of windows into `scale` and returns the two as one. */
function compare(scale: Scale, first: Window, second: Window, size: number): Window {
  const both: Window = []
  let chiSquare = 0
  let replicas = 0
  for (let place = 0; place < Math.max(first.length, second.length); place += 1) {
    const inFirst = first[place] ?? 0
    const inSecond = second[place] ?? 0
    const sum = inFirst + inSecond
    both.push(sum)
    if (sum === 0) continue
    replicas += 1
    chiSquare += (inFirst - inSecond) ** 2 / sum
  }
  // Given the sums, the expectation is exactly degrees · 2n / (2n − 1) for windows of n answers.
  const expected = (chiSquare * (2 * size - 1)) / (2 * size)
  const degrees = replicas - 1
  const broken = chiSquareUpperTail(expected, degrees) < improbable
  if (broken) scale.breaks.pairs += 1
  const into = broken ? scale.breaks : scale
  into.chiSquare += expected
  into.degrees += degrees
  return both
}

/** Both together. Windows that are still open are left out. */
export function mergeDispersion(a: Dispersion, b: Dispersion): Dispersion {
  const length = Math.max(a.scales.length, b.scales.length)
  return {
    ...createDispersion(),
    scales: Array.from({ length }, (_, j) => mergeScales(a.scales[j], b.scales[j])),
  }
}

const sum = { chiSquare: v.number(), degrees: count }

export const dispersionSchema = {
  write: ({ scales }: Dispersion) => ({
    scales: scales.map(({ chiSquare, degrees, breaks }) => ({ chiSquare, degrees, breaks })),
  }),
  read: v.pipe(
    v.object({ scales: v.array(v.object({ ...sum, breaks: v.object({ ...sum, pairs: count }) })) }),
    v.transform((dispersion) => ({ ...createDispersion(), ...dispersion })),
  ),
}

function mergeScales(a = createScale(), b = createScale()): Scale {
  return {
    chiSquare: a.chiSquare + b.chiSquare,
    degrees: a.degrees + b.degrees,
    breaks: {
      chiSquare: a.breaks.chiSquare + b.breaks.chiSquare,
      degrees: a.breaks.degrees + b.breaks.degrees,
      pairs: a.breaks.pairs + b.breaks.pairs,
    },
  }
}

/**
 * The ratio for each scale, taken together with the three above it: windows of n, 2n, 4n and 8n
 * answers. Under randomness scales are independent, so their chi-squares add up. Left out are those
 * with fewer than `minDegrees` degrees of freedom, which say little. The few pairs between which
 * replicas came or went are left out.
 */
export function dispersionAt({ scales }: Dispersion, minDegrees: number): DispersionAt[] {
  return scales
    .map((_, j) => {
      const together = scales.slice(j, j + 4)
      const bursts = together.some(({ breaks }) => breaks.pairs > mostBreaks)
      const sums = together.flatMap((scale) => (bursts ? [scale, scale.breaks] : [scale]))
      const chiSquare = sums.reduce((total, one) => total + one.chiSquare, 0)
      const degrees = sums.reduce((total, one) => total + one.degrees, 0)
      return {
        window: shortest * 2 ** j,
        degrees,
        ratio: chiSquare / degrees,
        ...chiSquareTails(chiSquare, degrees),
      }
    })
    .filter(({ degrees }) => degrees >= minDegrees)
}

/** So rarely by chance: answers come in bursts. */
const tooIrregular = 1e-4

/**
 * Whether some replica gets several answers at a time. Places that fill up do that; weights and the
 * choice of the least busy do not, unless many workers are in step.
 */
export function comesInBursts([shortest]: readonly DispersionAt[]): boolean {
  return shortest !== undefined && shortest.pHigh < tooIrregular
}
