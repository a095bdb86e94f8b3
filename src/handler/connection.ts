/**
 * What only the adapter knows about the way a request came in. Every field may be absent, because
 * not every runtime tells.
 */
export interface Connection {
  /** The peer's address: that of the last proxy, if there is one. */
  readonly remoteAddress?: string | undefined
  /** Which connection since the process started, from 1. */
  readonly ordinal?: number | undefined
  /** Which request on that connection, from 1. */
  readonly request?: number | undefined
}
