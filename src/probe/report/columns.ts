import type { styleText } from 'node:util'
import Table from 'cli-table3'
import { shorten } from './shorten.ts'

/** Marks text on a terminal, and gives it back as it is where there is none. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string

/** Columns without lines: less to look at, and more room for names. */
export function layOut(rows: string[][], widths: number[], align: 'left' | 'right'): string {
  const edges = ['top', 'bottom', 'left', 'right', 'mid']
  const places = ['', '-mid', '-left', '-right']
  const noLines = edges.flatMap((edge) => places.map((place) => [edge + place, ''] as const))
  const table = new Table({
    colWidths: widths,
    colAligns: widths.map((_, column) => (column === 0 ? 'left' : align)),
    wordWrap: align === 'left',
    chars: { ...Object.fromEntries(noLines), middle: '' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  })
  table.push(...rows.map((row) => row.map(gluing)))
  return table.toString().replaceAll(glue, ' ').replaceAll(/ +$/gm, '')
}

/** Stands for a space at which no line is broken: those of Unicode are, and this one is nobody's. */
const glue = '\uE000'

/** A number stays in one line: with its name, groups of digits and unit, as in `p99 1 200 ms`. */
const gluing = (text: string) =>
  text.replace(/(?<=\d) (?=\d{3}(?!\d)|(?:ms|µs|s|%)(?![\w/]))|(?<=\b(?:p\d\d|max)) (?=\d)/g, glue)

/** Words that are longer than a line, such as names of pods, are cut in the middle. */
export function fit(text: string, width: number): string {
  return text.replace(/\S+/g, (word) => shorten([word], width)[0] ?? word)
}

/** Text that is wrapped to so many columns. */
export function wrap(text: string, columns: number): string {
  return layOut([[fit(text, columns)]], [columns + 1], 'left')
}
