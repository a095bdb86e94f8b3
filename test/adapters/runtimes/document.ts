import { format, resolveConfig } from 'prettier'
import type { Deviation } from '../conformance/case.ts'
import { conformance } from '../conformance/index.ts'
import { kindsOf, responseKinds } from '../fetch-standard/deviations.ts'
import { responses } from '../fetch-standard/responses.ts'
import { subjects } from '../fetch-standard/index.ts'
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

  const markOf = ({ reason, upstream }: Deviation): string => {
    const note = `${reason}: <${upstream}>`
    const mark = notes.get(note) ?? `[^${notes.size + 1}]`
    notes.set(note, mark)
    return mark
  }

  const cell = ({ deviations }: Documented, { id }: Runtime): string => {
    const deviation = deviations?.[id]
    return deviation ? markOf(deviation) : '✓'
  }

  /** How many looks at a request differ on a runtime, and of which kinds they are. */
  const differing = (subject: string, { id }: Runtime): string => {
    const found = (subjects[subject] ?? [])
      .map(({ name }) => kindsOf(id, subject, name))
      .filter((kinds) => kinds.length > 0)
    if (found.length === 0) return '✓'
    return `${found.length} ${[...new Set(found.flat())].map(markOf).join(' ')}`
  }

  const looks = (columns: readonly Runtime[]): string => {
    const head = ['', 'looks', ...columns.map(({ title }) => title)]
    const rows = Object.entries(subjects).map(([subject, probes]) => [
      subject,
      `${probes.length}`,
      ...columns.map((column) => differing(subject, column)),
    ])
    return [head, head.map(() => '-'), ...rows].map(row).join('\n')
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

## What \`serve\` gives a handler, and what Fetch says

Each look is taken at the \`Request\` that a handler gets over a connection, and at one that Node makes
of the same parts. A number says how many looks differ, each for the reason in one of the notes; when it no
longer does, the suite says so, but for those that depend on what has come when. What Bun and Deno do
otherwise is theirs.

${looks(withSockets)}

\`NodeResponse\`, which our own handler gives on Node, is compared with Node's \`Response\` in ${responses.length} looks,
and differs in one way.${responseKinds.map(markOf).join('')} Other people's handlers make the platform's own.

### Globals that are replaced

On Node, what a handler gets is made of the platform's own \`Request\` only when more is asked of it than
the request line and the fields. Node's \`Request\` and \`fetch\` take no other object for a request than
one that they made: they look for a private field, not for a class. So \`serve\` replaces both globals, once
a process, by ones that put the full request in the place of such an object and do the same else:
\`new Request(request)\`, \`fetch(request)\` and \`fetch(url, request)\` work. When another library has
replaced \`Request\` meanwhile, as @hono/node-server does, the next connection wraps that one: both work in
one process. Without that, \`fetch(request)\` throws, as it does with @hono/node-server 2.1.9, which replaces
only \`Request\`; with srvx, which replaces neither by itself, \`new Request(request)\` throws, too.

On Deno, \`fetch\` refuses the request of Deno's own server, and each copy of it, for want of members that it
looks at. So \`serve\` replaces \`fetch\` there, by one that makes a request of the others first. No other global
is touched, and none on Bun and Workers.

### A response of fetch that is sent on

\`return fetch(upstream)\` works with an upstream that compresses: \`fetch\` has decoded the content, so its
old coding and length are not sent. \`new Response(upstream.body, upstream)\` is another matter, on every
runtime: it is a response of the handler's own, with the fields that the handler gave it, and cannot be told
from one that holds gzip. Delete \`Content-Encoding\` and \`Content-Length\` from it.

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
