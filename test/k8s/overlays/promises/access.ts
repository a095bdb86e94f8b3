import { Role, RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1'
import { expect } from 'vitest'
import type { Promises } from '../promises.ts'

function names(objects: readonly { metadata?: { name?: string } }[]) {
  return objects.map(({ metadata }) => metadata?.name)
}

/** Who may do what is in access.e2e.ts. */
export const access: Promises = {
  with(objects) {
    const both = ['served-by-delivery', 'served-by-readers']
    expect(names(objects.filter(Role.is))).toEqual(expect.arrayContaining(both))
    expect(names(objects.filter(RoleBinding.is))).toEqual(expect.arrayContaining(both))
  },

  without(objects) {
    expect(names(objects.filter(Role.is))).not.toContain('served-by-delivery')
  },
}
