import type { Case } from './case.ts'
import { chainCases } from './chain.ts'
import { eventsCases } from './events.ts'
import { faultsCases } from './faults.ts'
import { framing } from './framing.ts'
import { identity } from './identity.ts'
import { methods } from './methods.ts'
import { openapiCases } from './openapi.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'
import { targets } from './targets.ts'
import { traffic } from './traffic.ts'
import { uiCases } from './ui.ts'
import { whoamiCases } from './whoami.ts'

/** What served-by is on every runtime, by subject. */
export const conformance: Readonly<Record<string, readonly Case[]>> = {
  Routes: routes,
  '/ui': uiCases,
  '/whoami': whoamiCases,
  '/events': eventsCases,
  '/chain': chainCases,
  Faults: faultsCases,
  '/openapi.json': openapiCases,
  Methods: methods,
  Identity: identity,
  Targets: targets,
  Framing: framing,
  Refusals: refusals,
  Traffic: traffic,
}
