import * as v from 'valibot'
import { empty, json, type Answer } from '../answer.ts'
import type { Sickness } from '../faults/sickness.ts'
import { limitedText } from '../limited-text.ts'
import { problem } from '../problem.ts'
import type { Route } from '../router.ts'
import type { Settings } from '../settings.ts'

/** Bytes of a body that are read. */
const longest = 1024

const range = (least: number, most: number) => {
  const message = `a number from ${least} to ${most}`
  return v.pipe(v.number(message), v.minValue(least, message), v.maxValue(most, message))
}
const wanted = v.strictObject(
  {
    latencyMs: v.optional(range(0, 60_000), 0),
    errorRate: v.optional(range(0, 1), 0),
    unready: v.optional(v.boolean('true or false'), false),
    for: v.optional(range(1, 3600), 60),
  },
  ({ expected }) =>
    expected === 'never'
      ? 'absent: the fields are latencyMs, errorRate, unready and for'
      : 'a JSON object',
)

/** Makes this one replica sick for a bounded time; what it was sick with before is over. */
export function startFaults(sickness: Sickness, { buffered }: Settings): Route {
  return async (replica, { request }) => {
    // A page of another origin can send a body of this type only if we allowed it to.
    if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
      return problem(415, 'Send JSON with Content-Type: application/json (curl --json).')
    const text = await limitedText(request.body, longest)
    if (text === undefined) return problem(413, `The body may have ${longest} bytes at most.`)
    const result = v.safeParse(wanted, parse(text), { abortEarly: true })
    if (!result.success) return invalid(result.issues)
    const { for: seconds, ...symptoms } = result.output
    if (buffered && symptoms.latencyMs > buffered.seconds * 1000)
      return problem(501, `On this runtime no answer may take more than ${buffered.seconds} s.`)
    sickness.begin(symptoms, seconds)
    return json({ ...symptoms, until: replica.now() + seconds })
  }
}

/** Makes it well again. */
export function endFaults(sickness: Sickness): Route {
  return () => {
    sickness.end()
    return empty()
  }
}

/** A value, or nothing where the text is no JSON object. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? undefined : value
  } catch {
    return undefined
  }
}

function invalid([issue]: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): Answer {
  const path = v.getDotPath(issue)
  return problem(400, `${path ?? 'The body'} must be ${issue.message}.`)
}
