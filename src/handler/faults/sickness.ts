import { pause } from '../pause.ts'
import { problem } from '../problem.ts'
import type { Route, Routes } from '../router.ts'

/** How a replica is sick. */
export interface Symptoms {
  /** Milliseconds that each answer waits. */
  readonly latencyMs: number
  /** How many of the answers are errors, from 0 to 1. */
  readonly errorRate: number
  /** Whether `/readyz` says that it is not ready. */
  readonly unready: boolean
}

/** What ails a replica at the moment, for a bounded time. */
export interface Sickness {
  /** @param seconds after which it is well again by itself */
  begin(symptoms: Symptoms, seconds: number): void
  end(): void
  readonly symptoms: Symptoms | undefined
}

export function createSickness(): Sickness {
  let current: { readonly symptoms: Symptoms; readonly ends: number } | undefined
  return {
    begin(symptoms, seconds) {
      current = { symptoms, ends: performance.now() + seconds * 1000 }
    },
    end() {
      current = undefined
    },
    get symptoms() {
      // No timer: whoever looks sees that it is over.
      if (current && performance.now() >= current.ends) current = undefined
      return current?.symptoms
    },
  }
}

/** These stay well: by them the platform and the person who made it sick know what goes on. */
const immune = new Set(['/livez', '/readyz', '/metrics', '/faults'])

/** The same routes, where sickness shows. */
export function afflict(routes: Routes, sickness: Sickness): Routes {
  const afflicted = Object.entries(routes).map(([path, byMethod]) => {
    if (immune.has(path)) return [path, byMethod] as const
    const methods = Object.entries(byMethod).map(
      ([method, route]) => [method, afflictRoute(route, sickness)] as const,
    )
    return [path, Object.fromEntries(methods)] as const
  })
  return Object.fromEntries(afflicted)
}

function afflictRoute(route: Route, sickness: Sickness): Route {
  return async (replica, call) => {
    const { symptoms } = sickness
    if (!symptoms) return route(replica, call)
    if (symptoms.latencyMs > 0) await pause(symptoms.latencyMs / 1000, call.request.signal)
    if (Math.random() < symptoms.errorRate)
      return problem(500, 'This replica fails on purpose, by POST /faults.')
    return route(replica, call)
  }
}
