import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { outcomes } from '../../measure/observation.ts'
import { printable } from '../../measure/printable.ts'
import { tallyFromJson, tallyToJson } from '../../measure/tally.ts'
import type { Verdicts } from '../../measure/verdicts.ts'
import { UsageError } from '../exit-codes.ts'
import { messageOf } from '../failure.ts'
import type { Expectation } from '../expectations.ts'
import type { Rollout } from '../rollout/rollout.ts'
import type { Report, RunDescription } from './report.ts'

const format = 'served-by-probe/3'

/** The report as `--json` writes it. Times are Unix milliseconds, lengths of time milliseconds. */
export interface ReportJson {
  /** Changes when an older reader would misunderstand what is written. */
  format: typeof format
  /** One for each probe that was merged. */
  runs: RunDescription[]
  verdicts: Verdicts
  expectations: Expectation[]
  /** What a rollout did meanwhile, where the probe started one. */
  rollout?: Rollout | undefined
  /** What was counted, for `probe merge`; how it is written is its own business. */
  tally: object
}

const RunSchema: v.GenericSchema<RunDescription> = v.object({
  vantage: v.string(),
  url: v.string(),
  otherUrls: v.optional(v.array(v.string())),
  method: v.string(),
  numberedFields: v.optional(v.array(v.string())),
  bodyLength: v.optional(v.number()),
  connections: v.picklist(['reuse', 'new', 'both']),
  rate: v.optional(v.number()),
  concurrency: v.number(),
  replicaBy: v.string(),
  success: v.string(),
  cookies: v.optional(v.number()),
  zone: v.optional(v.string()),
  started: v.number(),
  ended: v.number(),
  interrupted: v.boolean(),
  inFlight: v.object({ requests: v.number(), waited: v.number() }),
  ownFailure: v.optional(v.string()),
  errors: v.partial(v.object(v.entriesFromList(outcomes, v.string()))),
  addresses: v.array(
    v.object({
      address: v.string(),
      connections: v.number(),
      failed: v.number(),
      error: v.optional(v.string()),
    }),
  ),
})

/** What a merge needs of a report: verdicts are made anew. */
const PartSchema = v.object({
  runs: v.pipe(v.array(RunSchema), v.nonEmpty()),
  tally: v.pipe(v.unknown(), v.transform(tallyFromJson)),
})

/** The report as JSON. */
export function renderJson({ runs, verdicts, expectations, tally, rollout }: Report): string {
  const json: ReportJson = {
    format,
    runs,
    verdicts,
    expectations,
    rollout,
    tally: tallyToJson(tally),
  }
  return `${JSON.stringify(json)}\n`
}

/** Reads what `--json` wrote. @throws UsageError for anything else, and for another format */
export async function readReport(file: string): Promise<Pick<Report, 'runs' | 'tally'>> {
  const json = await readJson(file)
  const found = v.safeParse(v.object({ format: v.string() }), json)
  if (!found.success) throw new UsageError(`${file} is not a report that --json wrote.`)
  if (found.output.format !== format)
    throw new UsageError(
      `${file} has the format ${printable(found.output.format)}, and this version of the probe reads ${format} only: use the version that wrote it.`,
    )
  const part = v.safeParse(PartSchema, json)
  if (!part.success)
    throw new UsageError(`${file} is not as --json wrote it: ${part.issues[0].message}.`)
  return part.output
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new UsageError(`${file} cannot be read as a report: ${messageOf(cause)}.`)
  }
}
