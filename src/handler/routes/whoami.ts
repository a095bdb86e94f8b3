import Negotiator from 'negotiator'
import { json, type Answer } from '../answer.ts'
import type { Connection } from '../connection.ts'
import { problem } from '../problem.ts'
import type { Place, Replica } from '../replica.ts'
import type { Route } from '../router.ts'
import type { Settings } from '../settings.ts'
import { alignedLines } from '../whoami/aligned-lines.ts'
import { hidden } from '../whoami/credential.ts'
import { type MeasuredBody, measureBody, tooLarge } from '../whoami/measure-body.ts'
import { describeFields, redactTarget, type Shown } from '../whoami/redaction.ts'

/**
 * Who answers, where and through what: replica, place, connection, and the request as it arrived,
 * without the values of credentials. JSON, or aligned lines for `Accept: text/plain`.
 */
export function whoami({ bodyBytes }: Settings['limits']): Route {
  return async (replica, { request, connection }) => {
    const body = await measureBody(request, bodyBytes, () => replica.now())
    if (body === tooLarge)
      return problem(413, `The body of this request is too large: ${bodyBytes} bytes are read.`)
    const said: WhoAmI = {
      replica: describeReplica(replica),
      place: replica.place,
      connection: describeConnection(connection),
      request: { ...describeRequest(request, connection), body },
    }
    return wantsText(request) ? text(linesOf(said)) : json(said)
  }
}

function describeReplica({ hostname, bootId, startedAt, state, build, runtime }: Replica) {
  const { version, commit } = build
  return { hostname, boot: bootId, startedAt, state, version, commit, runtime }
}

function describeConnection({ remoteAddress, ordinal, request }: Connection) {
  return { remoteAddress, ordinal, request }
}

function describeRequest({ method, url, headers }: Request, { target, fieldLines }: Connection) {
  const { pathname, search, searchParams } = new URL(url)
  return {
    method,
    target: redactTarget(target ?? pathname + search),
    query: describeFields(searchParams),
    fields: describeFields(fieldLines ? pairs(fieldLines) : headers),
  }
}

function* pairs(fieldLines: readonly string[]): Generator<[string, string]> {
  for (let i = 0; i < fieldLines.length; i += 2)
    yield [fieldLines[i] ?? '', fieldLines[i + 1] ?? '']
}

interface WhoAmI {
  readonly replica: ReturnType<typeof describeReplica>
  readonly place: Place
  readonly connection: ReturnType<typeof describeConnection>
  readonly request: ReturnType<typeof describeRequest> & { readonly body: MeasuredBody | null }
}

function linesOf({ replica, place, connection, request }: WhoAmI): string {
  const { method, target, query, fields, body } = request
  return alignedLines([
    ['replica', Object.entries(replica)],
    ['place', Object.entries(place)],
    ['connection', Object.entries(connection)],
    ['request', Object.entries({ method, target })],
    ['query', query.map(lineOf)],
    ['fields', fields.map(lineOf)],
    ['body', Object.entries(body ?? {})],
  ])
}

function lineOf(shown: Shown): [string, string] {
  return [shown.name, 'value' in shown ? shown.value : hidden(shown)]
}

function wantsText({ headers }: Request): boolean {
  const accept = headers.get('accept') ?? undefined
  const negotiator = new Negotiator({ headers: { accept } })
  return negotiator.mediaType(['application/json', 'text/plain']) === 'text/plain'
}

function text(body: string): Answer {
  return { status: 200, body, type: 'text/plain; charset=utf-8' }
}
