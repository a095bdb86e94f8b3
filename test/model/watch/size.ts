/** How many values something holds, however deep: what grows in it shows as a number. */
export function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength / 8
  if (value instanceof Map) return sizeOf([...value].flat())
  if (value instanceof Set) return sizeOf([...value])
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, one: unknown) => sum + sizeOf(one), 1)
}
