/** Random numbers that a seed decides, in the ways in which scenarios need them. */
export interface Draw {
  /** From 0 up to 1. */
  unit(): number
  /** A whole number from 0 up to `n`. */
  below(n: number): number
  /** Log-uniform: each order of magnitude is equally likely. A whole number. */
  size(from: number, to: number): number
  logUniform(from: number, to: number): number
  chance(p: number): boolean
  oneOf<Item>(items: readonly [Item, ...Item[]]): Item
  exponential(mean: number): number
}

/** SplitMix32 (Steele, Lea and Flood 2014, with the constants of MurmurHash3). */
export function createDraw(seed: number): Draw {
  let state = Math.imul(seed + 1, 0x9e3779b9) | 0
  const unit = () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32
  }
  const below = (n: number) => Math.floor(unit() * n)
  const logUniform = (from: number, to: number) => from * (to / from) ** unit()
  return {
    unit,
    below,
    logUniform,
    size: (from, to) => Math.min(to, Math.floor(logUniform(from, to + 1))),
    chance: (p) => unit() < p,
    oneOf: (items) => items[below(items.length)] ?? items[0],
    exponential: (mean) => -mean * Math.log(1 - unit()),
  }
}
