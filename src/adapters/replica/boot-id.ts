/**
 * A new boot id: 32 random bits behind a letter, with which a Token must begin (RFC 9651 §3.3.4). It
 * is no secret, and Node takes 5 ms to load Web Crypto.
 */
export function createBootId(): string {
  const bits = Math.floor(Math.random() * 2 ** 32)
  return `b${bits.toString(16).padStart(8, '0')}`
}
