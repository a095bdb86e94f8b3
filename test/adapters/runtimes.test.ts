import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { conformance } from './conformance/index.ts'
import { runtimes } from './runtimes/index.ts'
import { documentRuntimes } from './runtimes/document.ts'
import { serving } from './serve/index.ts'

const path = fileURLToPath(new URL('../../docs/runtimes.md', import.meta.url))

test('docs/runtimes.md says what the cases say', async () => {
  const text = await documentRuntimes(path)
  if (process.env['UPDATE']) writeFileSync(path, text)
  expect(readFileSync(path, 'utf8'), 'write it with: make test-runtimes UPDATE=1').toBe(text)
})

describe.for(Object.entries({ ...conformance, ...serving }))('%s', ([, cases]) => {
  test('has no two cases of the same name', () => {
    const names = cases.map(({ name }) => name)
    expect([...new Set(names)]).toEqual(names)
  })

  test('deviates only on runtimes that there are, with a reason and a source', () => {
    const ids = runtimes.map(({ id }) => id)
    for (const { deviations = {} } of cases)
      for (const [id, { reason, upstream }] of Object.entries(deviations)) {
        expect(ids).toContain(id)
        expect(reason).not.toBe('')
        expect(upstream).toMatch(/^https:\/\//)
      }
  })
})
