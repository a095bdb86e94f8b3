/** A length of time for people: three significant digits. @param milliseconds 0 or more */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return `${significant(milliseconds * 1000)} µs`
  if (milliseconds < 1000) return `${significant(milliseconds)} ms`
  return `${significant(milliseconds / 1000)} s`
}

function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : `${Number(value.toPrecision(3))}`
}

/** @param share 0 to 1 */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** Between which shares: "28.8–38.0 %". @param low 0 to 1 @param high 0 to 1 */
export function percents(low: number, high: number): string {
  return `${(low * 100).toFixed(1)}–${percent(high)}`
}

/** A whole number with its digits grouped: "12 345". */
export function grouped(count: number): string {
  return `${count}`.replace(/\B(?=(\d{3})+$)/g, ' ')
}

/** A number that is only about right, to two digits, and rather too much: "1 300". */
export function roughly(count: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1)
  return grouped(Math.ceil(count / unit) * unit)
}

/** A number of things: "12 345 requests", "1 request". */
export function amount(count: number, thing: string): string {
  return `${grouped(count)} ${thing}${count === 1 ? '' : 's'}`
}

/** A time of day, by the clock of the machine that reads it: "14:03:07". @param time Unix ms */
export function clockTime(time: number): string {
  return new Date(time).toLocaleTimeString('en-GB')
}

/** Requests per second, for people. */
export function rate(perSecond: number): string {
  return perSecond >= 100 ? grouped(Math.round(perSecond)) : `${Number(perSecond.toPrecision(3))}`
}

/** As many as a sentence bears: "a, b, c and 9 more". */
export function list(things: readonly string[], most = 4): string {
  if (things.length <= most) return things.join(', ')
  return `${things.slice(0, most - 1).join(', ')} and ${grouped(things.length - most + 1)} more`
}
