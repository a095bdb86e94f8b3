import { expect, test } from 'vitest'
import type { Observation } from '../../src/measure/observation.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { answered, tallyOf } from './observations.ts'

const zonesOf = (...observations: Partial<Observation>[]) =>
  judge(tallyOf(observations.map((one, index) => answered({ index, ...one })))).zones
const here = { clientZone: 'eu-1a' }

test('shares by zone, and of the own one', () => {
  const [a, b] = [
    { ...here, zone: 'eu-1a' },
    { ...here, zone: 'eu-1b' },
  ]
  const zones = zonesOf(a, a, b, a)
  expect(zones).toMatchObject({
    zones: [
      { zone: 'eu-1a', answers: 3, share: 0.75 },
      { zone: 'eu-1b', answers: 1, share: 0.25 },
    ],
    own: { answers: 3, share: 0.75, unplaced: 0 },
  })
  expect(zones.sentence).toBe("eu-1a 75.0 %, eu-1b 25.0 %; 75.0 % from the probe's own zone.")
})

test('who does not say its zone is not from here, and neither is what came from who knows where', () => {
  const zones = zonesOf({ ...here, zone: 'eu-1a' }, here, { zone: 'eu-1a' }, { replica: undefined })
  expect(zones).toMatchObject({ unzoned: 1, own: { answers: 1, share: 1 / 3, unplaced: 1 } })
  expect(zones.sentence).toBe(
    "eu-1a 100.0 %; 33.3 % from the probe's own zone. 1 answer did not say.",
  )
})

test('where nobody knows, nothing is said', () => {
  expect(zonesOf({ zone: 'eu-1a' })).toMatchObject({ own: undefined, sentence: 'eu-1a 100.0 %.' })
  expect(zonesOf(here)).toMatchObject({ zones: [], own: undefined })
})

test('a name that always differs does not fill the memory', () => {
  const tally = tallyOf(
    Array.from({ length: 1000 }, (_, i) => answered({ index: i, zone: `z${i}` })),
  )
  expect(tally.zones.zones.size).toBe(100)
  expect(tally.zones.unzoned).toBe(900)
})
