/**
 * Copies a text. `navigator.clipboard` is there in secure contexts only, and a page on plain http is
 * none; there the old command does it.
 *
 * @returns whether it worked
 */
export async function copy(text: string): Promise<boolean> {
  // The type says that it is always there.
  if (window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // Not allowed, as in a frame; the other way may be.
    }
  }
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'aside'
  const focused = document.activeElement
  document.body.append(field)
  field.select()
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way on plain http
  const done = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return done
}
