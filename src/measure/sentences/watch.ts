import type { Change, Failing, Share } from '../watch/change.ts'
import { tellWays } from './losses.ts'
import { amount, clockTime, duration, grouped, list, percent } from './words.ts'

/** One line for the log of a watch, without the time at which it is found. */
export function tellChange(change: Change): string {
  switch (change.change) {
    case 'outage':
      return `nothing succeeds since ${clockTime(change.since)}: ${tellWays(change.kinds)}`
    case 'outage-over':
      return `requests succeed again; ${grouped(change.failures)} in a row failed since ${clockTime(change.since)}: ${tellWays(change.kinds)}`
    case 'failures':
      return `${lost(change)} requests failed since ${clockTime(change.since)}: ${tellWays(change.kinds)}`
    case 'failures-over':
      return `requests fail no more; ${lost(change)} failed since ${clockTime(change.since)}: ${tellWays(change.kinds)}`
    case 'replica-lost':
      return `${change.replica} gives no answer since ${clockTime(change.since)}`
    case 'replica-back':
      return `${change.replica} answers again; it gave no answer since ${clockTime(change.since)}`
    case 'replica-given-up':
      return `${change.replica} is expected no more; it gave no answer since ${clockTime(change.since)}`
    case 'replica-replaced':
      return `${change.by} took the place of ${change.replica}, which gives no answer since ${clockTime(change.since)}`
    case 'replica-drained':
      return `${change.replica} has drained; its last answer was at ${clockTime(change.since)}`
    case 'replica-slow':
      return `${change.replica} is slow: half of its answers take over ${duration(change.median)}, those of the others ${duration(change.others)}`
    case 'replica-slow-over':
      return `${change.replica} is slow no more`
    case 'uneven':
      return `the replicas get unequal shares: ${shares(change.shares)}`
    case 'uneven-over':
      return `the replicas get equal shares again: ${shares(change.shares)}`
    case 'replicas-seen':
      return change.replicas.length === 0
        ? 'no answer names a replica so far, so none can be missed'
        : `${amount(change.replicas.length, 'replica')} answer${change.replicas.length === 1 ? 's' : ''}: ${list(change.replicas)}`
    case 'replica-new':
      return `${change.replica} answers, too`
    case 'replica-restarted':
      return `${change.replica} was restarted`
  }
}

function lost({ failures, requests }: Failing): string {
  return `${grouped(failures)} of ${grouped(requests)}`
}

function shares(all: readonly Share[]): string {
  return list(all.map(({ replica, share }) => `${replica} ${percent(share)}`))
}
