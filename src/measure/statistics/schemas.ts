import * as v from 'valibot'

export const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A map travels as a list of its entries: names of replicas may be anything, `__proto__` too. */
export function mapOf<Value extends v.GenericSchema>(value: Value) {
  return v.pipe(
    v.array(v.tuple([v.string(), value])),
    v.transform((entries) => new Map(entries)),
  )
}

/** A map as a list of its entries, each value written by `write`. */
export function entriesOf<Value, Json>(
  map: ReadonlyMap<string, Value>,
  write: (value: Value) => Json,
): [string, Json][] {
  return [...map].map(([key, value]) => [key, write(value)])
}
