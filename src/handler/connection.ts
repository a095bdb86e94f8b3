/**
 * What only the adapter knows about a request and the way it came in. Every field may be absent, because
 * not every runtime tells.
 */
export interface Connection {
  /** The peer's address: that of the last proxy, if there is one. */
  readonly remoteAddress?: string | undefined
  /** Which connection since the process started, from 1. */
  readonly ordinal?: number | undefined
  /** Which request on that connection, from 1. */
  readonly request?: number | undefined
  /** The request target as it was sent; its URL may be in another form. */
  readonly target?: string | undefined
  /** The header fields as they came: in their order, repeats apart; name and value in turn. */
  readonly fieldLines?: readonly string[] | undefined
}
