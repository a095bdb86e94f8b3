import * as choices from '../order/choices.ts'
import type { Choices } from '../order/choices.ts'
import * as answers from '../balance/answers.ts'
import * as presence from '../replicas/presence.ts'
import type { Presence } from '../replicas/presence.ts'
import type { Tally } from '../tally.ts'
import * as connections from './connections.ts'
import type { Connections } from './connections.ts'
import { judgePinning } from './pinning.ts'

/** What the balancer chose a replica for, and what is counted about these choices. */
export interface DealtOut {
  unit: 'requests' | 'connections'
  /** Answers of each replica. */
  answers: ReadonlyMap<string, number>
  presence: Presence
  choices: Choices
  connections: Connections
}

/**
 * On a pinned connection the balancer chose once, for the first request; the rest is no choice, and
 * so only new connections count.
 */
export function dealtOut(tally: Tally): DealtOut {
  if (judgePinning(tally).verdict === 'pinned') {
    return {
      unit: 'connections',
      answers: tally.answers.new.replicas,
      presence: tally.presence.new,
      choices: tally.choices.new,
      connections: tally.connections.new,
    }
  }
  return {
    unit: 'requests',
    answers: answers.merge(tally.answers.reuse, tally.answers.new).replicas,
    presence: presence.merge(tally.presence.reuse, tally.presence.new),
    choices: choices.merge(tally.choices.reuse, tally.choices.new),
    connections: connections.merge(tally.connections.reuse, tally.connections.new),
  }
}
