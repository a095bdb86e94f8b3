/** A length of time in whole seconds: `9 s`, `2 min 5 s`, `1 h 3 min`. @param milliseconds 0 or more */
export function wholeSeconds(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
