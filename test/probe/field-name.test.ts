import { tree } from 'undici/lib/core/tree.js'
import { expect, test } from 'vitest'
import { registerFieldName } from '../../src/probe/transport/field-name.ts'

test('undici knows the name of our field, however it is written', async () => {
  expect(tree?.lookup?.(Buffer.from('Served-By'))).toBeNull()
  await registerFieldName()
  expect(tree?.lookup?.(Buffer.from('Served-By'))).toBe('served-by')
})

test.for([
  ['no list of names', { tree: undefined }],
  ['one that takes no name', { tree: {} }],
] as const)('where undici has %s all goes on as before', async ([, internals]) => {
  await expect(registerFieldName(() => Promise.resolve(internals))).resolves.toBeUndefined()
})
