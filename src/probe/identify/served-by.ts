import { printable } from '../../measure/printable.ts'
import { parseServedBy, type ServedBy } from '../../measure/served-by.ts'
import { type IdentifyReplica, jsonOf } from './identify.ts'

/** More replicas' lives than anybody has; a bound, because the field came over the network. */
const rememberedLives = 10_000
/** What differs from answer to answer, at the end of the field as served-by writes it. */
const counters = /^(.+);n=(\d{1,15})((?:;(?:conn|req)=\d{1,15})*)(;draining)?$/

/**
 * Reads fields of which all but the counters are as in an earlier answer: that part is parsed once
 * for each life of a replica, because the whole would cost a sixth of the time that a request takes.
 */
function createReader(): (field: string) => ServedBy | undefined {
  const lives = new Map<string, ServedBy>()
  return (field) => {
    const [, who, n, , draining] = counters.exec(field) ?? []
    if (who === undefined) return parseServedBy(field)
    const life = lives.get(who) ?? parseServedBy(who)
    // Perhaps a name that looks like counters.
    if (!life) return parseServedBy(field)
    if (lives.size < rememberedLives) lives.set(who, life)
    return { ...life, n: Number(n), draining: life.draining === true || draining !== undefined }
  }
}

/** Reads `Served-By` and, where the body is served-by's own, the replica's clock and version. */
export function createServedByIdentify(): IdentifyReplica {
  const read = createReader()
  return (answer) => {
    const field = answer.headers['served-by']
    if (typeof field !== 'string') return undefined
    const named = read(field)
    if (!named) return undefined
    const json = jsonOf(answer)
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return named
    const { timestamp, version } = json
    return {
      ...named,
      version: typeof version === 'string' ? printable(version) : named.version,
      timestamp: typeof timestamp === 'number' ? timestamp : undefined,
    }
  }
}
