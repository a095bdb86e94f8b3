/**
 * Answers in the order in which they came in: when, and from whom. A ring of two lists. Not an array
 * with `shift()`, which moves all the others, each with a note to the garbage collector; and no
 * objects, which would outlive a scavenge in an old array (docs/performance.md).
 */
export interface Endings {
  /** Unix ms, from place `first` on, and behind the last place from the first one on. */
  done: number[]
  by: string[]
  first: number
  length: number
}

/** A power of two, as every size of the ring. */
const initialSize = 16

export function createEndings(): Endings {
  return { done: ringOf(0, []), by: ringOf('', []), first: 0, length: 0 }
}

/** A ring of twice the size, or of the initial one, that begins with these. */
function ringOf<Item>(filler: Item, items: readonly Item[]): Item[] {
  const size = Math.max(2 * items.length, initialSize)
  return [...items, ...Array<Item>(size - items.length).fill(filler)]
}

/** Adds an answer behind all others. */
export function addEnding(endings: Endings, done: number, by: string): void {
  if (endings.length === endings.done.length) {
    const { first } = endings
    endings.done = ringOf(0, [...endings.done.slice(first), ...endings.done.slice(0, first)])
    endings.by = ringOf('', [...endings.by.slice(first), ...endings.by.slice(0, first)])
    endings.first = 0
  }
  const place = (endings.first + endings.length) & (endings.done.length - 1)
  endings.done[place] = done
  endings.by[place] = by
  endings.length += 1
}

/** Takes out the first answer. @returns from whom, where there is one and it came in by then */
export function takeEnding(endings: Endings, time: number): string | undefined {
  const { first } = endings
  if (endings.length === 0 || (endings.done[first] ?? 0) > time) return undefined
  endings.first = (first + 1) & (endings.done.length - 1)
  endings.length -= 1
  return endings.by[first]
}
