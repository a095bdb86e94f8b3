import type { Observation } from '../observation.ts'

/** A replica that is expected to answer. */
export interface Member {
  replica: string
  answers: number
  /** When it answered first and last (Unix ms), and as the how-manieth of all answers last. */
  first: number
  last: number
  position: number
  /** Answers from one of its own to the next, on average. */
  gap: number
  /** The part of its answers that came straight after another of its own, 0 to 1. */
  alone: number
  /** It said with its last answer that it drains. */
  draining: boolean
  /** Its process lives, the latest first: two, in case two processes share a name. */
  boots: string[]
  /** It is told to be lost, since this time (absent: it is not). */
  lost?: number | undefined
}

/** Answers that the average gap is of: one in sixteen is then its standard error. */
const memory = 256

export function createMember(observation: Observation, replica: string, position: number): Member {
  const { done, boot, draining } = observation
  return {
    replica,
    answers: 1,
    first: done,
    last: done,
    position,
    gap: 0,
    alone: 0,
    draining: draining === true,
    boots: boot === undefined ? [] : [boot],
  }
}

/** Counts one more answer. @returns the gap before it, in units of the average one */
export function addToMember(member: Member, { done, draining }: Observation, position: number) {
  const gap = position - member.position
  const usual = member.gap
  const weight = 1 / Math.min(member.answers, memory)
  member.gap += (gap - member.gap) * weight
  member.alone += (Number(gap === 1) - member.alone) * weight
  member.answers += 1
  member.last = done
  member.position = position
  member.draining = draining === true
  return usual === 0 ? 1 : gap / usual
}

/** @returns whether it begins a process life that is not known of it */
export function isRestarted(member: Member, boot: string | undefined): boolean {
  if (boot === undefined || member.boots.includes(boot)) return false
  const [latest] = member.boots
  member.boots = latest === undefined ? [boot] : [boot, latest]
  return latest !== undefined
}
