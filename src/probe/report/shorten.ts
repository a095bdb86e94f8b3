/** Characters of a name that are left before and behind the cut. */
const least = 4

function commonPrefix(names: readonly string[]): number {
  const [first = '', ...others] = names
  let length = first.length
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length -= 1
  }
  return others.length === 0 ? 0 : length
}

/**
 * Cuts names that are longer than `width` in the middle, where they are alike: what tells a pod from
 * the others stands at its end.
 */
export function shorten(names: readonly string[], width: number): string[] {
  const alike = commonPrefix(names)
  return names.map((name) => {
    if (name.length <= width) return name
    const tail = name.length - alike
    const behind = alike > least && tail <= width - least - 1 ? tail : Math.floor((width - 1) / 2)
    return `${name.slice(0, width - 1 - behind)}…${name.slice(name.length - behind)}`
  })
}
