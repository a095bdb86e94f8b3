import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const file = 'deploy/monitoring/dashboard.json'
const rule = v.object({
  record: v.optional(v.string()),
  alert: v.optional(v.string()),
  annotations: v.optional(v.object({ summary: v.string(), runbook: v.string() })),
})
const rules = v
  .parse(
    v.object({ groups: v.array(v.object({ rules: v.array(rule) })) }),
    parse(readFileSync('deploy/monitoring/rules.yml', 'utf8')),
  )
  .groups.flatMap((group) => group.rules)

test('the dashboard is what its source makes: npm run dashboard', () => {
  const before = readFileSync(file, 'utf8')
  execFileSync(process.execPath, ['build/monitoring/dashboard.ts'])
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('the dashboard names only recording rules that are there', () => {
  const names = readFileSync(file, 'utf8').match(/served_by:[\w:]+/g) ?? []
  expect(names.length).toBeGreaterThan(2)
  const recorded = rules.map(({ record }) => record)
  for (const name of names) expect(recorded).toContain(name)
})

test('each alert says what happened and what to do', () => {
  const alerts = rules.filter(({ alert }) => alert !== undefined)
  expect(alerts).toHaveLength(8)
  for (const { annotations } of alerts) {
    expect(annotations?.summary).toMatch(/\.$/)
    expect(annotations?.runbook).toMatch(/\.\s*$/)
  }
})
