import type { Observation } from '../observation.ts'
import type { Tell } from './change.ts'
import { addToMember, createMember, isRestarted } from './members.ts'
import type { Member } from './members.ts'
import { addGap, createPatience, isSilent } from './patience.ts'
import type { Patience } from './patience.ts'

/** Who is expected to answer. */
export interface Replicas {
  members: Map<string, Member>
  /** Names that have answered less than three times. */
  strangers: Map<string, Member>
  /** Answers that name a replica. */
  answers: number
  patience: Patience
  /** When the watch began, and whether it has told whom it found. */
  begun: number | undefined
  introduced: boolean
  /** Those that came and took nobody's place yet, and when announced ones went that nobody followed. */
  newcomers: { replica: string; at: number }[]
  departures: number[]
  /** When absences are looked for again. */
  next: number
}

/** More are no replicas: something else was taken for their name. */
const maxMembers = 1000
const maxStrangers = 100
/** Answers by which a name is known to be one, and by which its share is. */
const known = 3
const established = 20
/** Where a client is bound to one replica, that one answers nearly everything. */
const bound = 0.95
/** Milliseconds. */
const introduction = 30_000
/** nginx takes a server out for ten seconds after one error, and that is no loss. */
const shortestAbsence = 15_000
/** In a rollout one comes before another goes, or the other way round; it takes that long at most. */
const succession = 600_000
const givenUpAfter = 3_600_000
const checkInterval = 500

export function createReplicas(): Replicas {
  return {
    members: new Map(),
    strangers: new Map(),
    answers: 0,
    patience: createPatience(),
    begun: undefined,
    introduced: false,
    newcomers: [],
    departures: [],
    next: 0,
  }
}

/** Counts one more request, and looks for who is missing. */
export function addToReplicas(replicas: Replicas, observation: Observation, tell: Tell): void {
  const { replica, done } = observation
  replicas.begun ??= done
  if (replica !== undefined) hear(replicas, replica, observation, tell)
  if (done < replicas.next) return
  replicas.next = done + checkInterval
  if (replicas.introduced) missing(replicas, done, tell)
  else if (done - replicas.begun >= introduction) {
    replicas.introduced = true
    tell({ change: 'replicas-seen', at: done, replicas: [...replicas.members.keys()].sort() })
  }
}

function hear(replicas: Replicas, replica: string, observation: Observation, tell: Tell): void {
  const { members, strangers } = replicas
  const position = (replicas.answers += 1)
  const member = members.get(replica) ?? strangers.get(replica)
  if (!member) {
    // A name that differs from answer to answer is none of a replica.
    const [oldest] = strangers.keys()
    if (oldest !== undefined && strangers.size >= maxStrangers) strangers.delete(oldest)
    strangers.set(replica, createMember(observation, replica, position))
    return
  }
  const gap = addToMember(member, observation, position)
  const { done, boot } = observation
  if (member.answers > established) addGap(replicas.patience, gap)
  if (member.lost !== undefined) {
    tell({ change: 'replica-back', at: done, replica, since: member.lost })
    member.lost = undefined
  }
  if (isRestarted(member, boot)) tell({ change: 'replica-restarted', at: done, replica })
  if (member.answers === known && members.size < maxMembers) {
    strangers.delete(replica)
    members.set(replica, member)
    if (replicas.introduced) welcome(replicas, replica, done, tell)
  }
}

/** One that is lost has its successor; else it may be that of one that drained, or is yet to go. */
function welcome(replicas: Replicas, replica: string, at: number, tell: Tell): void {
  tell({ change: 'replica-new', at, replica })
  const lost = [...replicas.members.values()].find((member) => member.lost !== undefined)
  if (lost?.lost !== undefined) {
    replicas.members.delete(lost.replica)
    const gone = { replica: lost.replica, since: lost.lost }
    tell({ change: 'replica-replaced', at, ...gone, by: replica, lost: true })
    return
  }
  forgetOld(replicas, at)
  if (replicas.departures.shift() === undefined) replicas.newcomers.push({ replica, at })
}

function forgetOld(replicas: Replicas, now: number): void {
  const { newcomers, departures, members } = replicas
  replicas.departures = departures.filter((at) => now - at < succession)
  // A newcomer that is gone itself takes nobody's place.
  replicas.newcomers = newcomers.filter(
    ({ replica, at }) => now - at < succession && members.get(replica)?.lost === undefined,
  )
}

function missing(replicas: Replicas, now: number, tell: Tell): void {
  const { members, patience, answers } = replicas
  const present = [...members.values()].filter(({ lost }) => lost === undefined).length
  for (const member of members.values()) {
    if (member.lost !== undefined) {
      if (now - member.lost < givenUpAfter) continue
      members.delete(member.replica)
      const { replica, lost: since } = member
      tell({ change: 'replica-given-up', at: now, replica, since })
    } else if (
      now - member.last >= shortestAbsence &&
      isSilent(patience, member, answers, present)
    ) {
      part(replicas, member, now, tell)
    }
  }
}

/** Why one gives no answer any more. */
function part(replicas: Replicas, member: Member, at: number, tell: Tell): void {
  const { members, departures } = replicas
  const { replica, last: since } = member
  const gone = { at, replica, since }
  forgetOld(replicas, at)
  const newcomer = replicas.newcomers.find((one) => one.replica !== replica)
  const successor = newcomer?.replica ?? (member.alone > bound ? latestOf(replicas) : undefined)
  if (member.draining) {
    members.delete(replica)
    tell({ change: 'replica-drained', ...gone })
    if (successor === undefined) departures.push(at)
  } else if (successor !== undefined) {
    members.delete(replica)
    tell({ change: 'replica-replaced', ...gone, by: successor, lost: false })
  } else if (member.answers < established) {
    // A visitor, of whose share too little is known.
    members.delete(replica)
  } else {
    member.lost = since
    tell({ change: 'replica-lost', ...gone })
  }
  replicas.newcomers = replicas.newcomers.filter((one) => one !== newcomer)
}

/** Who answered last. */
function latestOf({ members }: Replicas): string | undefined {
  const [latest] = [...members.values()].sort((a, b) => b.last - a.last)
  return latest?.replica
}
