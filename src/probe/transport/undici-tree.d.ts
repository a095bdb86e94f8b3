/** The names of header fields that undici knows. It is no part of its public interface. */
declare module 'undici/lib/core/tree.js' {
  interface Tree {
    insert(name: string, value: string): void
    lookup(name: Uint8Array): string | null
  }
  export const tree: Partial<Tree> | undefined
}
