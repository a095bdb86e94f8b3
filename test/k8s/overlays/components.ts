import { readdirSync, readFileSync } from 'node:fs'
import type { Promises } from './promises.ts'
import { access } from './promises/access.ts'
import { autoscaling } from './promises/autoscaling.ts'
import { chain } from './promises/chain.ts'
import { gatewayApi } from './promises/gateway-api.ts'
import { gatewayTls } from './promises/gateway-tls.ts'
import { monitoring } from './promises/monitoring.ts'
import { tls } from './promises/tls.ts'
import { zones } from './promises/zones.ts'

/** What each component promises, whatever it is put together with. */
export const components: Record<string, Promises> = {
  access,
  autoscaling,
  chain,
  'gateway-api': gatewayApi,
  'gateway-tls': gatewayTls,
  monitoring,
  tls,
  zones,
}

const deploy = new URL('../../../deploy/', import.meta.url)

/** The components that are there to be named in `WITH`. */
export function componentsInTree(): string[] {
  return readdirSync(deploy, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) =>
      /^kind: Component$/m.test(
        readFileSync(new URL(`${name}/kustomization.yaml`, deploy), 'utf8'),
      ),
    )
}

/** Why components do not go together, if they do not. */
function makesSense(chosen: readonly string[]): boolean {
  if (chosen.includes('tls') && chosen.includes('gateway-api')) return false
  return !chosen.includes('gateway-tls') || chosen.includes('gateway-api')
}

/** Every set of components that makes sense, the empty one first. */
export function combinations(): string[][] {
  return Object.keys(components)
    .reduce<string[][]>((sets, name) => [...sets, ...sets.map((set) => [...set, name])], [[]])
    .filter(makesSense)
}
