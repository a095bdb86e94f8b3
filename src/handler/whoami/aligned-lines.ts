/** A heading, and the names and values under it; those that nobody knows are `undefined`. */
export type Section = readonly [heading: string, lines: Iterable<readonly [string, unknown]>]

const separation = '  '

/** Sections as text for people to read, all values one below the other. */
export function alignedLines(sections: Iterable<Section>): string {
  const known = Array.from(sections, ([heading, lines]) => ({
    heading,
    lines: [...lines].filter(([, value]) => value !== undefined && value !== null),
  })).filter(({ lines }) => lines.length > 0)
  const width = Math.max(...known.flatMap(({ lines }) => lines.map(([name]) => name.length)))
  const blocks = known.map(({ heading, lines }) => {
    const rows = lines.map(
      ([name, value]) =>
        `${separation}${printable(name).padEnd(width)}${separation}${printable(String(value))}`,
    )
    return [heading, ...rows, ''].join('\n')
  })
  return blocks.join('\n')
}

/** The text with its control characters as escapes: they would reach the reader's terminal. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what it is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16)
    return `\\u${code.padStart(4, '0')}`
  })
}
