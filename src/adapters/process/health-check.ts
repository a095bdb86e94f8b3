import { routeOf } from '../../handler/index.ts'

/** Asked every few seconds by every orchestrator, to the end of each drain. */
const healthChecks = new Set(['/livez', '/readyz'])

/** Whether a request to this target only asks how the replica is. */
export function isHealthCheck(target: string): boolean {
  return healthChecks.has(routeOf(target) ?? '')
}
