import { expect, test } from 'vitest'
import { parseServedBy } from '../../src/measure/served-by.ts'

test('reads who, which version, where, in which life, and the number of the answer', () => {
  const field = '"web-1";v="0.2.0+abc";zone="eu-1a";boot=b41c09d2;n=1042;conn=17;req=3;draining'
  expect(parseServedBy(field)).toEqual({
    replica: 'web-1',
    version: '0.2.0+abc',
    zone: 'eu-1a',
    boot: 'b41c09d2',
    n: 1042,
    draining: true,
  })
})

test.for([
  ['a Token', 'web-1', 'web-1'],
  ['a Display String', '%"caf%c3%a9"', 'café'],
  ['a Display String with a control character', '%"a%1bb"', 'a\u{fffd}b'],
  ['a long String', `"${'a'.repeat(101)}"`, 'a'.repeat(100)],
] as const)('a name may be %s', ([, field, replica]) => {
  expect(parseServedBy(field)).toMatchObject({ replica, draining: false })
})

test.for(['', '42', 'cache-lhr 7', '"a', '("a" "b")', '?1', ':AA==:'])(
  '%o names nobody',
  (field) => {
    expect(parseServedBy(field)).toBeUndefined()
  },
)
