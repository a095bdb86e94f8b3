import * as v from 'valibot'
import { printable } from '../../measure/printable.ts'
import { type IdentifyReplica, jsonOf, textOf } from './identify.ts'

const Name = v.pipe(v.string(), v.transform(printable))
const Podinfo = v.object({ hostname: Name, version: v.optional(Name) })
const HttpHttpsEcho = v.object({ os: v.object({ hostname: Name }) })
const whoami = /^Hostname: (\S+)/m

/** Tells by the body who answered: podinfo, mendhak/http-https-echo, traefik/whoami. */
export const identifyKnownService: IdentifyReplica = (answer) => {
  const json = jsonOf(answer)
  const podinfo = v.safeParse(Podinfo, json)
  if (podinfo.success) return { replica: podinfo.output.hostname, version: podinfo.output.version }
  const echo = v.safeParse(HttpHttpsEcho, json)
  if (echo.success) return { replica: echo.output.os.hostname }
  const name = whoami.exec(textOf(answer))?.[1]
  return name === undefined ? undefined : { replica: printable(name) }
}
