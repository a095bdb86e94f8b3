import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import * as v from 'valibot'
import { ask } from './ask.ts'

const problem = v.object({ detail: v.string() })
const document = v.object({ paths: v.record(v.string(), v.record(v.string(), v.unknown())) })

async function fetchDocument(faults: boolean) {
  const response = await ask('/openapi.json', {}, {}, { faults })
  expect(response.headers.get('content-type')).toBe('application/json')
  return response.text()
}

test.for([true, false])(
  'has every route of the table and no other (faults: %s)',
  async (faults) => {
    const unknown = v.parse(problem, await (await ask('/nope', {}, {}, { faults })).json())
    const table = unknown.detail.replace(/^.*Try one of: /, '').split(', ')
    const { paths } = v.parse(document, JSON.parse(await fetchDocument(faults)))
    expect(Object.keys(paths)).toEqual(table)
  },
)

test('has the methods that each route takes', async () => {
  const { paths } = v.parse(document, JSON.parse(await fetchDocument(true)))
  for (const [path, operations] of Object.entries(paths)) {
    const target = path.replace(/\{.*\}/, '1')
    const { headers } = await ask(target, { method: 'OPTIONS' }, {}, { faults: true })
    const methods = Object.keys(operations).map((method) => method.toUpperCase())
    // HEAD and OPTIONS come by themselves.
    const all = new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])
    expect([path, new Set(headers.get('allow')?.split(', '))]).toEqual([path, all])
  }
})

test('is what its linter takes without a warning', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'openapi.json')
  writeFileSync(file, await fetchDocument(true))
  // Its package may lie in a folder above the tree, as in the test container.
  const redocly = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'))
  const config = fileURLToPath(new URL('./redocly.yaml', import.meta.url))
  const env = {
    ...process.env,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  }
  const output = execFileSync(
    process.execPath,
    [redocly, 'lint', file, '--config', config, '--format', 'json'],
    {
      env,
      encoding: 'utf8',
      stdio: 'pipe',
    },
  )
  expect(JSON.parse(output)).toMatchObject({ totals: { errors: 0, warnings: 0 } })
})
