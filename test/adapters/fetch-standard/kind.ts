import type { Deviation } from '../conformance/case.ts'

/** Pattern of the names of the bodies that most probes take. */
export const some = '(?:a text|more than one packet)¶'

/** One way in which a runtime's `Request` differs from what Fetch says, with the probes that show it. */
export interface Kind extends Deviation {
  /** Matches those probes' names, with their subject in front: `clone(): of a clone`. */
  readonly probes: RegExp
  /** A race: what these probes give is now this, now that. They are not tried on that runtime. */
  readonly unsteady?: true
}

/**
 * Matches whole names of probes of one subject.
 * @param patterns regular expressions; `¶` stands for whether the content came in chunks
 */
export function probes(subject: string, ...patterns: readonly string[]): RegExp {
  const either = patterns.join('|').replaceAll('¶', '(?:, in chunks)?')
  return new RegExp(`^${RegExp.escape(subject)}: (?:${either})$`)
}

/** Matches what one of these matches. */
export function anyOf(...all: readonly RegExp[]): RegExp {
  return new RegExp(all.map(({ source }) => source).join('|'))
}
