import { readdirSync, readFileSync } from 'node:fs'
import type { Promises } from './promises.ts'
import { access } from './promises/access.ts'
import { autoscaling } from './promises/autoscaling.ts'
import { chain } from './promises/chain.ts'
import { gatewayApi } from './promises/gateway-api.ts'
import { gatewayTls } from './promises/gateway-tls.ts'
import { monitoring } from './promises/monitoring.ts'
import { tls } from './promises/tls.ts'
import { watch } from './promises/watch.ts'
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
  watch,
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

const names = Object.keys(components)

/** With what a component cannot do without, in the order of the alphabet. */
function complete(chosen: readonly string[]): string[] {
  const needed = chosen.includes('gateway-tls') ? ['gateway-api'] : []
  return [...new Set([...chosen, ...needed])].toSorted()
}

function makesSense(chosen: readonly string[]): boolean {
  return !(chosen.includes('tls') && chosen.includes('gateway-api'))
}

/** The largest sets of components that go together. */
export const largest = [
  names.filter((name) => name !== 'tls'),
  names.filter((name) => !name.startsWith('gateway-')),
]

/** None, each one, every pair that makes sense, and the largest sets. */
export function combinations(): string[][] {
  const pairs = names.flatMap((one, i) => names.slice(i).map((other) => complete([one, other])))
  const sets = [[], ...pairs, ...largest].filter(makesSense)
  return [...new Map(sets.map((set) => [set.join(' '), set])).values()]
}
