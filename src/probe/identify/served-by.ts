import { parseServedBy, type ServedBy } from '../../measure/served-by.ts'
import type { Answer } from '../transport/exchange.ts'
import { type IdentifyReplica, type Identity, jsonOf } from './identify.ts'

/** More replicas' lives than anybody has; a bound, because the field came over the network. */
const rememberedLives = 10_000
/** Where what differs from answer to answer begins, as served-by writes the field. */
const countersBegin = ';n='
const counters = /^\d{1,15}(?:;(?:conn|req)=\d{1,15})*(?:;draining)?$/

/**
 * Reads fields of which all but the counters are as in an earlier answer: that part is parsed once
 * for each life of a replica, because the whole would cost a sixth of the time that a request takes.
 */
function createReader(): (field: string) => ServedBy | undefined {
  const lives = new Map<string, ServedBy>()
  return (field) => {
    const end = field.lastIndexOf(countersBegin)
    const counted = field.slice(end + countersBegin.length)
    if (end <= 0 || !counters.test(counted)) return parseServedBy(field)
    const who = field.slice(0, end)
    const life = lives.get(who) ?? parseServedBy(who)
    // Perhaps a name that looks like counters.
    if (!life) return parseServedBy(field)
    if (lives.size < rememberedLives) lives.set(who, life)
    const { replica, version, zone, boot } = life
    const draining = life.draining === true || counted.endsWith(';draining')
    return { replica, version, zone, boot, n: Number.parseInt(counted, 10), draining }
  }
}

/** The `timestamp` of served-by's own body. */
function clockOf(answer: Answer): number | undefined {
  const json = jsonOf(answer)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  const { timestamp } = json
  return typeof timestamp === 'number' ? timestamp : undefined
}

/** Reads `Served-By`; the body, which costs more, only for who asks what the replica's clock said. */
export function createServedByIdentify(): IdentifyReplica {
  const read = createReader()
  return (answer) => {
    const field = answer.headers['served-by']
    if (typeof field !== 'string') return undefined
    const identity: Identity | undefined = read(field)
    if (identity) identity.readClock = () => clockOf(answer)
    return identity
  }
}
