import type { tree as undiciTree } from 'undici/lib/core/tree.js'

const name = 'served-by'

const loadTree = (): Promise<{ tree: typeof undiciTree }> =>
  import('undici/lib/core/tree.js').catch(() => ({ tree: undefined }))

/**
 * Tells undici the name of our field. Of a name that it does not know it makes text anew, and in lower
 * case, for each answer, which takes 2 % of a request (docs/performance.md). Its tree of names is not
 * public: where a version has none, this does nothing.
 */
export async function registerFieldName(load = loadTree): Promise<void> {
  const { tree } = await load()
  tree?.insert?.(name, name)
}
