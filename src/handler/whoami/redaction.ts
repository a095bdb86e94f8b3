import { hidden, isCredential } from './credential.ts'
import { redactWithin } from './redact-within.ts'

/** A name and its value, or of a credential's value only how many characters it has. */
export type Shown =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly length: number }

/** Header fields, or the parameters of a query, as they may be shown. */
export function describeFields(fields: Iterable<[string, string]>): Shown[] {
  return Array.from(fields, ([name, value]) =>
    isCredential(name) ? { name, length: value.length } : { name, value: redactWithin(value) },
  )
}

/** A request target with the length of each credential in its place; user information goes, too. */
export function redactTarget(target: string): string {
  const [path = '', ...query] = target.replace(/^(\w+:\/\/)[^/?#]*@/, '$1').split('?')
  if (query.length === 0) return path
  const parameters = query.join('?').split('&').map(redactParameter)
  return `${path}?${parameters.join('&')}`
}

/** @param parameter as it stands in a target: percent-encoding may hide what the name is */
function redactParameter(parameter: string): string {
  const [[name, value] = ['', '']] = new URLSearchParams(parameter)
  if (!isCredential(name)) return redactWithin(parameter)
  const [written = ''] = parameter.split('=', 1)
  return `${written}=${hidden(value)}`
}
