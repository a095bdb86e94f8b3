/**
 * First in, first out. Not an array with `shift()`: that moves all the others, each with a note to
 * the garbage collector (docs/performance.md).
 */
export interface Queue<Item> {
  /** The items from place `first` on, and behind the last place from the first one on. */
  ring: Item[]
  first: number
  length: number
}

export function createQueue<Item>(): Queue<Item> {
  return { ring: [], first: 0, length: 0 }
}

export function enqueue<Item>(queue: Queue<Item>, item: Item): void {
  const { ring, first, length } = queue
  if (length === ring.length) {
    queue.ring = [...ring.slice(first), ...ring.slice(0, first)]
    queue.ring.length = Math.max(2 * length, 16)
    queue.first = 0
  }
  queue.ring[(queue.first + length) % queue.ring.length] = item
  queue.length += 1
}

/** The one that has been in it longest. */
export function firstOf<Item>({ ring, first, length }: Queue<Item>): Item | undefined {
  return length > 0 ? ring[first] : undefined
}

/** Takes out what `firstOf` gave. */
export function dequeue<Item>(queue: Queue<Item>): void {
  queue.first = (queue.first + 1) % queue.ring.length
  queue.length -= 1
}
