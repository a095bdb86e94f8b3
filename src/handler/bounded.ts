/** A number that a client may ask for. */
export interface Bounds {
  readonly least: number
  readonly most: number
  /** Whether only whole numbers are taken. */
  readonly whole?: boolean
}

const decimal = /^\d{1,9}(\.\d{1,6})?$/
const integer = /^\d{1,9}$/

/** Reads a number in decimal digits; `undefined` if it is none or out of bounds. */
export function readBounded(text: string, { least, most, whole }: Bounds): number | undefined {
  if (!(whole ? integer : decimal).test(text)) return undefined
  const number = Number(text)
  return number >= least && number <= most ? number : undefined
}

/** The bounds in words, such as `a whole number from 200 to 599`. */
export function describe({ least, most, whole }: Bounds): string {
  return `${whole ? 'a whole number' : 'a number'} from ${least} to ${most}`
}
