const longest = 100
const controlCharacters = /\p{Cc}/gu

/** Text from the network as it may go to a terminal or a page: without control characters, and not endless. */
export function printable(text: string): string {
  return text.slice(0, longest).replace(controlCharacters, '\u{fffd}')
}
