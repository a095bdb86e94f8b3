/**
 * The replicas that requests are at, by when these end: a binary heap of two lists, with the one that
 * ends first at the top.
 */
export interface InFlight {
  /** Unix ms. */
  done: number[]
  by: string[]
}

export function createInFlight(): InFlight {
  return { done: [], by: [] }
}

export function addInFlight({ done, by }: InFlight, end: number, replica: string): void {
  let place = done.length
  done.push(end)
  by.push(replica)
  while (place > 0) {
    const parent = (place - 1) >> 1
    if ((done[parent] ?? 0) <= end) return
    swap(done, by, place, parent)
    place = parent
  }
}

/** Takes out the request that ends first. @returns from whom, where there is one that ends by `time` */
export function takeEnded({ done, by }: InFlight, time: number): string | undefined {
  const [first = Infinity] = done
  if (first > time) return undefined
  const [taken] = by
  swap(done, by, 0, done.length - 1)
  done.pop()
  by.pop()
  for (let place = 0; ;) {
    const left = 2 * place + 1
    if (left >= done.length) return taken
    const right = left + 1
    const least = (done[right] ?? Infinity) < (done[left] ?? Infinity) ? right : left
    if ((done[least] ?? Infinity) >= (done[place] ?? Infinity)) return taken
    swap(done, by, place, least)
    place = least
  }
}

function swap(done: number[], by: string[], a: number, b: number): void {
  const [doneA = 0, byA = ''] = [done[a], by[a]]
  done[a] = done[b] ?? 0
  by[a] = by[b] ?? ''
  done[b] = doneA
  by[b] = byA
}
