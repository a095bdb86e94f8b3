const longestName = 100
const controlCharacters = /\p{Cc}/gu

/** Text from elsewhere as it may go to a terminal or a page: without control characters, and not endless. */
export function printable(text: string, longest = longestName): string {
  return text.slice(0, longest).replace(controlCharacters, '\u{fffd}')
}
