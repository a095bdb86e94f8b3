import { InvalidArgumentError } from '@commander-js/extra-typings'
import { maxJars } from '../../measure/affinity/jars.ts'
import { grouped } from '../../measure/sentences/words.ts'

const millisecondsPer = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])
const time = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/
const percentage = /^(\d+(?:\.\d+)?)%$/
const count = /^\d+$/

/** A number of things, or a share of them (0 to 1). */
export type Limit = { count: number } | { share: number }

/** How far shares may be from even (0.1 is 10 %), or clocks apart (milliseconds). */
export type SkewLimit = { share: number } | { milliseconds: number }

function readTime(text: string): number | undefined {
  const [, number, unit = ''] = time.exec(text) ?? []
  const factor = millisecondsPer.get(unit)
  return factor === undefined ? undefined : Number(number) * factor
}

/** `12.5%` as a share, 0.125; `undefined` for what is no percentage. */
export function readShare(text: string): number | undefined {
  const number = percentage.exec(text)?.[1]
  return number === undefined ? undefined : Number(number) / 100
}

/** A time in milliseconds. @throws InvalidArgumentError */
export function parseTime(text: string): number {
  const milliseconds = readTime(text)
  if (milliseconds === undefined)
    throw new InvalidArgumentError('A time is a number and a unit: 500ms, 10s, 2m, 1h.')
  return milliseconds
}

/** A time that is not zero, in milliseconds. @throws InvalidArgumentError */
export function parsePositiveTime(text: string): number {
  const milliseconds = parseTime(text)
  if (milliseconds === 0) throw new InvalidArgumentError('It must be more than 0.')
  return milliseconds
}

/** A whole number from 1. @throws InvalidArgumentError */
export function parseCount(text: string): number {
  if (!count.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('It must be a whole number from 1.')
  return Number(text)
}

/** How many clients with cookies, which are all followed. @throws InvalidArgumentError */
export function parseClients(text: string): number {
  const clients = parseCount(text)
  if (clients > maxJars)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${grouped(maxJars)}.`)
  return clients
}

/** A port to listen on. @throws InvalidArgumentError */
export function parsePort(text: string): number {
  if (!count.test(text) || Number(text) === 0 || Number(text) > 65_535)
    throw new InvalidArgumentError('It must be a port, from 1 to 65535.')
  return Number(text)
}

/** Requests per second. @throws InvalidArgumentError */
export function parseRate(text: string): number {
  const rate = Number(text)
  if (!(rate > 0 && rate <= 1_000_000))
    throw new InvalidArgumentError('It must be a number of requests per second.')
  return rate
}

/** `0`, `12` or `1%`. @throws InvalidArgumentError */
export function parseLimit(text: string): Limit {
  const share = readShare(text)
  if (share !== undefined) return { share }
  if (!count.test(text))
    throw new InvalidArgumentError('It must be a whole number or a percentage.')
  return { count: Number(text) }
}

/** `10%` for shares or `50ms` for clocks. @throws InvalidArgumentError */
export function parseSkewLimit(text: string): SkewLimit {
  const share = readShare(text)
  if (share !== undefined) return { share }
  const milliseconds = readTime(text)
  if (milliseconds === undefined)
    throw new InvalidArgumentError('It must be a percentage (shares) or a time (clocks).')
  return { milliseconds }
}

/** Which statuses count as a success, as it was written and as it is tested. */
export interface Success {
  text: string
  includes: (status: number) => boolean
}

/** `2xx`, `404`, `200-299`, or several of them between commas. @throws InvalidArgumentError */
export function parseSuccess(text: string): Success {
  const ranges = text.split(',').map((part) => {
    const [, whole, first = '', last = first] =
      /^(?:([1-5])xx|([1-5]\d\d)(?:-([1-5]\d\d))?)$/i.exec(part.trim()) ?? []
    return whole === undefined
      ? [Number(first || NaN), Number(last || NaN)]
      : [Number(whole) * 100, Number(whole) * 100 + 99]
  })
  const includes = (status: number) =>
    ranges.some(([first = NaN, last = NaN]) => status >= first && status <= last)
  if (ranges.some(([first = NaN, last = NaN]) => !(first <= last)))
    throw new InvalidArgumentError('It must be like 2xx, 404, 200-299, or several: 2xx,404.')
  return { text, includes }
}
