/** What is to happen, by time: a binary heap. */
export class Agenda<Item> {
  readonly #times: number[] = []
  readonly #items: Item[] = []

  add(time: number, item: Item): void {
    let place = this.#times.length
    this.#times.push(time)
    this.#items.push(item)
    while (place > 0) {
      const parent = (place - 1) >> 1
      if ((this.#times[parent] ?? 0) <= time) return
      this.#swap(place, parent)
      place = parent
    }
  }

  /** Takes out what comes next. */
  take(): { time: number; item: Item } | undefined {
    const [time] = this.#times
    const [item] = this.#items
    if (time === undefined || item === undefined) return undefined
    this.#swap(0, this.#times.length - 1)
    this.#times.pop()
    this.#items.pop()
    for (let place = 0; ;) {
      const left = 2 * place + 1
      const right = left + 1
      const least =
        (this.#times[right] ?? Infinity) < (this.#times[left] ?? Infinity) ? right : left
      if ((this.#times[least] ?? Infinity) >= (this.#times[place] ?? Infinity)) break
      this.#swap(place, least)
      place = least
    }
    return { time, item }
  }

  #swap(a: number, b: number): void {
    const [times, items] = [this.#times, this.#items]
    const [timeA, timeB, itemA, itemB] = [times[a], times[b], items[a], items[b]]
    if (timeA === undefined || timeB === undefined) return
    if (itemA === undefined || itemB === undefined) return
    times[a] = timeB
    times[b] = timeA
    items[a] = itemB
    items[b] = itemA
  }
}
