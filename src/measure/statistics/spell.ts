import * as v from 'valibot'
import { count } from './schemas.ts'

/** Answers, and when the first was sent and the last complete (Unix ms). */
export interface Spell {
  answers: number
  first: number
  last: number
}

/** To be extended before it is shown to anybody: an empty spell has no times. */
export function noAnswers(): Spell {
  return { answers: 0, first: Infinity, last: -Infinity }
}

export function extend(spell: Spell, answers: number, first: number, last: number): void {
  spell.answers += answers
  if (first < spell.first) spell.first = first
  if (last > spell.last) spell.last = last
}

export function extendBy(spell: Spell, { answers, first, last }: Spell): void {
  extend(spell, answers, first, last)
}

export const spellEntries = { answers: count, first: v.number(), last: v.number() }
