import { anyOf, type Kind, probes } from './kind.ts'
import { kindsOnBun } from './kinds-on-bun.ts'
import { kindsOnDeno } from './kinds-on-deno.ts'

/** What Node's adapter does otherwise than Fetch says. */
const kindsOnNode: readonly Kind[] = [
  {
    reason: 'its prototype, and that of its `headers`, inherits from the platform’s',
    upstream: 'https://fetch.spec.whatwg.org/#request-class',
    probes: anyOf(
      probes('Members of `Request`', '.*: its prototype'),
      probes('`Headers` of a request', 'instanceof, constructor and prototype'),
      probes('`clone()`', '.*: is of the same class'),
    ),
  },
  {
    reason: '`structuredClone` gives an empty object, and throws with the platform’s',
    upstream: 'https://nodejs.org/api/worker_threads.html#worker_threadsmarkasuncloneableobject',
    probes: probes('Members of `Request`', '.*: structuredClone'),
  },
  {
    reason: 'content of the length 0 is none: on the wire the two are the same',
    upstream: 'https://www.rfc-editor.org/rfc/rfc9112#section-6.3',
    probes: probes('Bodies as streams', 'no content¶: .*'),
  },
]

/** All kinds that there are, by runtime. */
const kinds: Readonly<Record<string, readonly Kind[]>> = {
  node: kindsOnNode,
  bun: kindsOnBun,
  deno: kindsOnDeno,
}

/** The kinds that explain why a probe differs on a runtime; each probe that has one must differ, and no other may. */
export function kindsOf(id: string, subject: string, name: string): readonly Kind[] {
  return (kinds[id] ?? []).filter(({ probes }) => probes.test(`${subject}: ${name}`))
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
