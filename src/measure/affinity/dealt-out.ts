import * as answers from '../balance/answers.ts'
import * as choices from '../order/choices.ts'
import type { Choices } from '../order/choices.ts'
import type { Presence } from '../replicas/presence.ts'
import type { Tally } from '../tally.ts'
import * as connections from './connections.ts'
import type { Connections } from './connections.ts'
import { cookieBinds } from './jars.ts'
import { judgePinning, newReachAll } from './pinning.ts'
import { urlBinds } from './urls.ts'

/** What the balancer chose a replica for, and what is counted about these choices. */
export interface DealtOut {
  unit: 'requests' | 'connections' | 'clients' | 'URLs'
  /** How many of `unit` each replica got. */
  counts: ReadonlyMap<string, number>
  presence: Presence
  choices: Choices
  connections: Connections
}

/** What says what is dealt out: of replicas, or of anything that is counted as they are. */
export type DealtEvidence = Pick<
  Tally,
  'answers' | 'clients' | 'connections' | 'presence' | 'choices' | 'jars' | 'keys'
>

/**
 * On a pinned connection the balancer chose once, for the first request; the rest is no choice, and
 * so only new connections count. For a client with a cookie that binds it chose once, too, and
 * for a URL where it goes by that.
 */
export function dealtOut(tally: DealtEvidence): DealtOut {
  const all = connections.merge(tally.connections.reuse, tally.connections.new)
  const { verdict, further, sameReplica } = judgePinning(tally)
  // Where it cannot be told yet, connections may be what is dealt out: no more is known than from them.
  // But if new ones miss a replica, they are in step with kept ones: requests are dealt out.
  const inStep = tally.answers.new.replicas.size > 0 && !newReachAll(tally)
  const maybe = further > 0 && sameReplica === further && !inStep
  const pinned = verdict === 'pinned' || (verdict === 'cannot-tell' && maybe)
  if (cookieBinds(tally.jars, pinned)) {
    return {
      unit: 'clients',
      counts: tally.jars.first,
      // Who sends is drawn, so that a replica with clients is asked all the time.
      presence: tally.presence.all,
      choices: choices.create(),
      connections: all,
    }
  }
  if (urlBinds(tally)) {
    return {
      unit: 'URLs',
      counts: tally.keys.first,
      // Which one is asked is drawn, too.
      presence: tally.presence.all,
      choices: choices.create(),
      connections: all,
    }
  }
  if (pinned) {
    return {
      unit: 'connections',
      counts: all.fresh,
      presence: tally.presence.new,
      choices: tally.choices.new,
      connections: tally.connections.new,
    }
  }
  return {
    unit: 'requests',
    counts: answers.merge(tally.answers.reuse, tally.answers.new).replicas,
    presence: tally.presence.all,
    choices: tally.choices.all,
    connections: all,
  }
}
