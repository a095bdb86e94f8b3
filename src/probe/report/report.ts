import type { Outcome } from '../../measure/observation.ts'
import { mergeTallies, type Tally } from '../../measure/tally.ts'
import { judge, type Verdicts } from '../../measure/verdicts.ts'
import { UsageError } from '../exit-codes.ts'
import { checkExpectations, type Expectation, type Expected } from '../expectations.ts'
import type { Plan } from '../plan.ts'
import type { Rollout } from '../rollout/rollout.ts'
import type { Run } from '../run.ts'
import type { AddressUse } from '../transport/addresses.ts'
import { numberedFields } from '../transport/target.ts'

/** How one probe asked. Times in Unix milliseconds. */
export interface RunDescription {
  /** Names the process and machine that asked. */
  vantage: string
  /** The first, or only, URL. */
  url: string
  /** The others, where there are several. */
  otherUrls?: string[] | undefined
  method: string
  /** Fields that have the number of the request in them, by name. */
  numberedFields?: string[] | undefined
  /** Bytes (absent: no body is sent). */
  bodyLength?: number | undefined
  connections: Plan['connections']
  /** Requests per second; absent where the concurrency set the pace. */
  rate?: number | undefined
  concurrency: number
  replicaBy: string
  /** Which statuses count as answered. */
  success: string
  /** Clients with a cookie jar each (absent: cookies were not kept). */
  cookies?: number | undefined
  /** The zone that asked (absent: the probe did not know its own). */
  zone?: string | undefined
  started: number
  ended: number
  /** It was ended before everything was sent. */
  interrupted: boolean
  /** What had no answer yet when it was ended early, and since when (ms) the oldest was due. */
  inFlight: { requests: number; waited: number }
  /** Why the probe itself could not go on (absent: it could). */
  ownFailure?: string | undefined
  /** The first error of each kind, in the words of the system. */
  errors: Partial<Record<Outcome, string | undefined>>
  /** How the connections to each address of the target went. */
  addresses: AddressUse[]
}

/** Everything there is to say about one run or several. */
export interface Report {
  runs: RunDescription[]
  tally: Tally
  verdicts: Verdicts
  expectations: Expectation[]
  /** What a rollout did meanwhile, where the probe started one. */
  rollout?: Rollout | undefined
}

/** A run as the report tells it. */
export function describeRun(plan: Plan, run: Run): RunDescription {
  const { target, connections, rate, amount, replicaBy, success, zone } = plan
  const { vantage, started, ended, interrupted, inFlight, ownFailure, errors, addresses } = run
  const [url = '', ...others] = target.paths.map((path) => target.url.origin + path)
  const numbered = numberedFields(target)
  return {
    vantage,
    url,
    otherUrls: others.length > 0 ? others : undefined,
    method: target.method,
    numberedFields: numbered.length > 0 ? numbered : undefined,
    bodyLength: target.body?.length,
    connections,
    rate,
    concurrency: amount.concurrency,
    replicaBy: replicaBy.text,
    success: success.text,
    cookies: target.cookies,
    zone,
    started,
    ended,
    interrupted,
    inFlight,
    ownFailure,
    addresses,
    errors: Object.fromEntries(errors),
  }
}

/** Judges what was counted. */
export function createReport(runs: RunDescription[], tally: Tally, expected: Expected): Report {
  const verdicts = judge(tally)
  return { runs, tally, verdicts, expectations: checkExpectations(verdicts, expected) }
}

/** What has to be the same for two runs to be about the same thing. */
const same = [
  'url',
  'otherUrls',
  'method',
  'numberedFields',
  'bodyLength',
  'replicaBy',
  'success',
] as const

/** @throws UsageError for runs that cannot be added: of different targets, or one and the same twice */
function checkMergeable(runs: readonly RunDescription[]): void {
  const [first, ...others] = runs
  const said = (run: RunDescription | undefined, key: (typeof same)[number]) =>
    [run?.[key] ?? 'none'].flat().join(' ')
  for (const run of others) {
    for (const key of same)
      if (said(run, key) !== said(first, key))
        throw new UsageError(
          `The reports are about different things, and cannot be added: ${key} ${said(first, key)} and ${key} ${said(run, key)}.`,
        )
  }
  const seen = new Set<string>()
  for (const { vantage, started } of runs) {
    const key = `${vantage} at ${new Date(started).toISOString()}`
    if (seen.has(key))
      throw new UsageError(`The same run is in there twice (${key}): give each report once.`)
    seen.add(key)
  }
}

/**
 * What several probes saw, as if one had sent the requests of all. @param parts at least one
 * @throws UsageError for parts that cannot be added
 */
export function mergeReports(parts: readonly Pick<Report, 'runs' | 'tally'>[], expected: Expected) {
  const runs = parts.flatMap((part) => part.runs)
  checkMergeable(runs)
  const tally = parts.map((part) => part.tally).reduce(mergeTallies)
  return createReport(runs, tally, expected)
}

/** Whether there was any response at all, if only an error of the proxy. */
export function somethingAnswered({ verdicts }: Report): boolean {
  return verdicts.target.verdict !== 'silent'
}
