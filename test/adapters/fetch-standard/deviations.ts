import { existsSync, readFileSync } from 'node:fs'
import type { Deviation } from '../conformance/case.ts'

/** One way in which a runtime's `Request` differs from the platform's, with the probes that show it. */
export interface Kind extends Deviation {
  /** Matches those probes' names, with their subject in front: `clone(): of a clone`. */
  readonly probes: RegExp
}

/** All kinds that there are; each probe that one of them matches must differ, and no other may. */
export const kinds: Readonly<Record<string, readonly Kind[]>> = {
  node: [
    {
      reason: 'its prototype, and that of its `headers`, inherits from the platform’s',
      upstream: 'https://fetch.spec.whatwg.org/#request-class',
      probes: /its prototype$|constructor and prototype$|is of the same class$/,
    },
    {
      reason: '`structuredClone` gives an empty object, and throws with the platform’s',
      upstream: 'https://nodejs.org/api/worker_threads.html#worker_threadsmarkasuncloneableobject',
      probes: /structuredClone$/,
    },
    {
      reason: 'content of the length 0 is none: on the wire the two are the same',
      upstream: 'https://www.rfc-editor.org/rfc/rfc9112#section-6.3',
      probes: /^Bodies as streams: no content(, in chunks)?: /,
    },
  ],
  bun: [],
  deno: [],
}

/** How `NodeResponse` differs from `Response`; each probe that one of these matches must differ. */
export const responseKinds: readonly Kind[] = [
  {
    reason:
      'of a record of fields it takes those that may be enumerated and have a string for a name; Node’s `Response` takes hidden ones, too, and refuses symbols',
    upstream: 'https://webidl.spec.whatwg.org/#js-record',
    probes: /headers: a record with a (hidden field|symbol)$/,
  },
]

/**
 * Probes that a runtime gets right at one time and wrong at another, whether they are listed or not.
 * Deno reads chunked content by and by: a look that leaves some of it unread, or that sends its response
 * before all has come, now and then waits for ever, or finds less (denoland/deno#36624).
 */
const unsteady: Readonly<Record<string, RegExp>> = {
  deno: /, in chunks: .*(BYOB reader|tee\(\)|through a stream|clone)/,
}

/** A function that says whether the outcome of a probe on a runtime is now this, now that. */
export function unsteadyOn(id: string): (subject: string, name: string) => boolean {
  return (subject, name) => unsteady[id]?.test(`${subject}: ${name}`) ?? false
}

/** The file that lists what is to be put right on a runtime: one probe a line. */
export function listOf(id: string): URL {
  return new URL(`wrong-on-${id}.txt`, import.meta.url)
}

/** A function that says whether a probe is known to differ on a runtime. */
export function knownOn(id: string): (subject: string, name: string) => boolean {
  const file = listOf(id)
  const lines = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])
  return (subject, name) => {
    const full = `${subject}: ${name}`
    return lines.has(full) || (kinds[id] ?? []).some(({ probes }) => probes.test(full))
  }
}
