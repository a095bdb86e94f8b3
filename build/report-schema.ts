import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createGenerator } from 'ts-json-schema-generator'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Where the schema is published. */
export const reportSchemaFile = `${root}docs/report.schema.json`

/** The JSON Schema of the probe's report, with its types' comments as descriptions. */
export function reportSchema(): string {
  const type = 'ReportJson'
  const generator = createGenerator({
    path: `${root}src/probe/report/json.ts`,
    tsconfig: `${root}tsconfig.json`,
    type,
    topRef: false,
    // `npm run types` checks them.
    skipTypeCheck: true,
  })
  const schema = { title: 'Report of the served-by probe', ...generator.createSchema(type) }
  return `${JSON.stringify(schema, undefined, 2)}\n`
}

if (import.meta.main) await writeFile(reportSchemaFile, reportSchema())
