/** The URL of a server on its own machine, from the address that it listens on. */
export function urlOf(address: string, port: number): string {
  // "Every address" is no address to connect to on every system; this one always is part of it.
  const reachable = address === '::' || address === '0.0.0.0' ? '127.0.0.1' : address
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}/`
}
