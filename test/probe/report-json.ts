import { Ajv } from 'ajv'
import schema from '../../docs/report.schema.json' with { type: 'json' }
import type { ReportJson } from '../../src/probe/report/json.ts'

const ajv = new Ajv({ allErrors: true, strict: true })
const validate = ajv.compile<ReportJson>(schema)

/** A report that keeps to the published schema. @throws Error where it does not */
export function parseReport(text: string): ReportJson {
  const report: unknown = JSON.parse(text)
  if (validate(report)) return report
  throw new Error(ajv.errorsText(validate.errors))
}
