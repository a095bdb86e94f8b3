/** A new boot id: 32 random bits behind a letter, with which a Token must begin (RFC 9651 §3.3.4). */
export function createBootId(): string {
  return `b${crypto.randomUUID().slice(0, 8)}`
}
