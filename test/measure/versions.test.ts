import { expect, test } from 'vitest'
import { judge } from '../../src/measure/verdicts.ts'
import { answered, tallyOf } from './observations.ts'
import { start } from './simulation.ts'

const at = (seconds: number, version: string) =>
  answered({ version, sent: start + seconds * 1000 - 1, done: start + seconds * 1000 })

test('versions come in the order of their first answer, with the time side by side', () => {
  const { versions, sentence } = judge(
    tallyOf([at(0, '1.0'), at(1, '1.0'), at(2, '1.1'), at(3, '1.0'), at(4, '1.1')]),
  ).versions
  expect(versions).toEqual([
    { version: '1.0', answers: 3, first: start, last: start + 3000 },
    { version: '1.1', answers: 2, first: start + 2000, last: start + 4000 },
  ])
  expect(sentence).toBe(
    '2 versions answered: 1.0 (3 answers), then 1.1 (2 answers); 1.0 and 1.1 answered side by side for 1 s.',
  )
})

test('a clean change is called so', () => {
  const { sentence } = judge(tallyOf([at(0, '1.0'), at(1, '1.1')])).versions
  expect(sentence).toContain('the change from 1.0 to 1.1 was clean')
})

test('one version, and none', () => {
  expect(judge(tallyOf([at(0, '1.0')])).versions.sentence).toContain('came from version 1.0')
  expect(judge(tallyOf([answered()])).versions).toMatchObject({ versions: [] })
})

test('a header that always differs does not fill the memory', () => {
  const many = Array.from({ length: 1000 }, (_, i) => at(i, `v${i}`))
  const tally = tallyOf(many)
  expect(tally.versions.size).toBe(100)
  expect(tally.timelines.versions.lanes.size).toBe(100)
})
