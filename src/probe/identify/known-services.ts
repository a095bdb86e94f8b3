import * as v from 'valibot'
import { printable } from '../../measure/printable.ts'
import type { Answer } from '../transport/exchange.ts'
import { type IdentifyReplica, type Identity, jsonOf, type Json, textOf } from './identify.ts'

const Name = v.pipe(v.string(), v.nonEmpty(), v.transform(printable))

/** A service that answers in JSON, and what in its answer names the replica. */
function inJson<Body>(schema: v.GenericSchema<unknown, Body>, name: (body: Body) => Identity) {
  return (json: Json): Identity | undefined => {
    const read = v.safeParse(schema, json)
    return read.success ? name(read.output) : undefined
  }
}

/** The more particular comes first: a `hostname` by itself is a name only if nothing says otherwise. */
const jsonServices = [
  // mendhak/http-https-echo: its own `hostname` is the name that was asked for.
  inJson(v.object({ os: v.object({ hostname: Name }) }), ({ os }) => ({ replica: os.hostname })),
  // Ealenn/Echo-Server, where it may show its environment (as it does by default).
  inJson(
    v.object({ host: v.object({}), environment: v.object({ HOSTNAME: Name }) }),
    ({ environment }) => ({ replica: environment.HOSTNAME }),
  ),
  // echo-basic of the Gateway API's conformance tests.
  inJson(v.object({ namespace: v.string(), ingress: v.string(), pod: Name }), ({ pod }) => ({
    replica: pod,
  })),
  // podinfo; without a version go-httpbin's /hostname (with -use-real-hostname) and whoami's /api.
  inJson(v.object({ hostname: Name, version: v.optional(Name) }), ({ hostname, version }) => ({
    replica: hostname,
    version,
  })),
]

/** Services that answer in text: the replica, and the version where they say it. */
const textServices = [
  // Istio's helloworld.
  /^Hello version: (?<version>\S+), instance: (?<replica>\S+)\s*$/,
  // traefik/whoami.
  /^Hostname: (?<replica>\S+)$/m,
  // nginxdemos/hello, as text and as a page.
  /^Server address: .+\nServer name: (?<replica>\S+)$/m,
  /<span>Server&nbsp;name:<\/span> <span>(?<replica>[^<\s]+)<\/span>/,
]

/** A name of a pod (with a hyphen) or of a container, and nothing else; a UUID names an answer. */
const bareName =
  /^(?=.{1,63}$)(?![\da-f]{8}-[\da-f]{4}-)(?:[a-z][a-z\d]*(?:-[a-z\d]+)+|[\da-f]{12})$/

/** agnhost's /hostname: the name is the whole answer. What is said of an error is no name. */
function identifyBareName({ status, headers }: Answer, text: string): Identity | undefined {
  const isText = headers['content-type']?.startsWith('text/plain') === true
  const name = text.trim()
  return status === 200 && isText && bareName.test(name) ? { replica: name } : undefined
}

/** Tells by the body who answered; docs/probe.md has the list of services. */
export const identifyKnownService: IdentifyReplica = (answer) => {
  const json = jsonOf(answer)
  if (typeof json === 'object') {
    for (const read of jsonServices) {
      const identity = read(json)
      if (identity) return identity
    }
    return undefined
  }
  const text = textOf(answer)
  for (const pattern of textServices) {
    const { replica, version } = pattern.exec(text)?.groups ?? {}
    if (replica !== undefined)
      return {
        replica: printable(replica),
        ...(version === undefined ? {} : { version: printable(version) }),
      }
  }
  return identifyBareName(answer, text)
}
