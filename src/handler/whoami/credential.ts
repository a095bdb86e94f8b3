/** What names are of credentials. */
const credential = /auth|token|secret|key|cookie|session|password|jwt|signature/i

export function isCredential(name: string): boolean {
  return credential.test(name)
}

/** What stands in the place of a credential: how many characters it has. */
export function hidden({ length }: { readonly length: number }): string {
  return length === 1 ? '(1 character)' : `(${length} characters)`
}
