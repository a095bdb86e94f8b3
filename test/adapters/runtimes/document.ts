import { format, resolveConfig } from 'prettier'
import type { Deviation } from '../conformance/case.ts'
import { conformance } from '../conformance/index.ts'
import { serving } from '../serve/index.ts'
import { type Runtime, runtimes } from './index.ts'

/** What the two kinds of cases have in common. */
interface Documented {
  readonly name: string
  readonly deviations?: Readonly<Record<string, Deviation>>
}

/** docs/runtimes.md: what holds where, as the cases say; the suite proves every cell of it. */
export async function documentRuntimes(path: string): Promise<string> {
  const notes = new Map<string, string>()

  const cell = ({ deviations }: Documented, { id }: Runtime): string => {
    const deviation = deviations?.[id]
    if (!deviation) return '✓'
    const note = `${deviation.reason}: <${deviation.upstream}>`
    const mark = notes.get(note) ?? `[^${notes.size + 1}]`
    notes.set(note, mark)
    return mark
  }

  const table = (
    subjects: Readonly<Record<string, readonly Documented[]>>,
    columns: readonly Runtime[],
  ): string =>
    Object.entries(subjects)
      .map(([subject, cases]) => {
        const head = [subject, ...columns.map(({ title }) => title)]
        const rows = cases.map((one) => [
          code(one.name),
          ...columns.map((column) => cell(one, column)),
        ])
        return [head, head.map(() => '-'), ...rows].map(row).join('\n')
      })
      .join('\n\n')

  const withSockets = runtimes.filter(({ id }) => ['node', 'bun', 'deno'].includes(id))
  const text = `# Runtimes

<!-- Written by the suite: \`make test-runtimes UPDATE=1\`. -->

One handler, ${runtimes.length} ways to run it, on port 8000. Those with \`dist/\` or a Worker need \`make build\` before;
the others take the sources and what \`npm ci\` brings, and \`npm run page\` for \`/ui\`.

${[
  ['', 'runs on', 'command'],
  ['-', '-', '-'],
  ...runtimes.map(({ title, version, command }) => [title, version, `\`${command}\``]),
]
  .map(row)
  .join('\n')}

The suite starts them with these very commands and the programs from npm, at these versions. The one for
Lambda is a small front end that speaks events as AWS' own do; on AWS, upload \`dist/lambda.mjs\` with the
handler \`lambda.handler\`. On Cloudflare, deploy \`dist/worker.mjs\` as it is. What a runtime cannot do
stands at the head of its file in \`src/adapters\`.

A ✓ is a case that passes. A number is a case that must fail there, for the reason in the note: when it
no longer does, the suite says that the note is out of date.

## The HTTP interface

${table(conformance, runtimes)}

## \`serve(handler, options)\` with other people's handlers

${table(serving, withSockets)}

${[...notes].map(([note, mark]) => `${mark}: ${note}`).join('\n\n')}
`
  return format(text, { ...(await resolveConfig(path)), filepath: path })
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** Text that means something in Markdown, as it stands. */
function code(name: string): string {
  return name.replaceAll(/[|<>*_[\]{}^\\]/g, '\\$&')
}
