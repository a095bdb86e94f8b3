/**
 * First in, first out. Not an array with `shift()`: that moves all the others, each with a note to
 * the garbage collector (docs/performance.md).
 */
export interface Queue<Item> {
  /** The last ones. */
  added: Item[]
  /** The first ones, in reverse: the very first is at the end. */
  leaving: Item[]
}

export function createQueue<Item>(): Queue<Item> {
  return { added: [], leaving: [] }
}

export function enqueue<Item>(queue: Queue<Item>, item: Item): void {
  queue.added.push(item)
}

/** The one that has been in it longest. */
export function firstOf<Item>(queue: Queue<Item>): Item | undefined {
  if (queue.leaving.length === 0 && queue.added.length > 0) {
    queue.leaving = queue.added.reverse()
    queue.added = []
  }
  return queue.leaving.at(-1)
}

/** Takes out what `firstOf` gave. */
export function dequeue<Item>(queue: Queue<Item>): void {
  queue.leaving.pop()
}
