import { describe, expect, test } from 'vitest'
import { NodeResponse } from '../../../src/adapters/node/response/node-response.ts'
import { responseKinds } from './deviations.ts'
import { outcome } from './probe.ts'
import { responses } from './responses.ts'

const native = Response
const patience = 60_000

describe('NodeResponse is what Response is', () => {
  test('no two probes have the same name', () => {
    const names = responses.map(({ name }) => name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })

  test.for(responses)('$name', async ({ name, look }) => {
    const expected = await outcome(() => look(native), patience)
    const actual = await outcome(() => look(NodeResponse), patience)
    const isKnown = responseKinds.some(({ probes }) => probes.test(name))
    if (isKnown) expect(actual).not.toEqual(expected)
    else expect(actual).toEqual(expected)
  })
})
