import { problem } from '../problem.ts'
import type { Route } from '../router.ts'

/** The live page: one HTML document, with a policy that lets a browser run just what is in it. */
export function ui(): Route {
  let page: Promise<Page | undefined> | undefined
  return async () => {
    const built = await (page ??= readPage())
    if (!built) return problem(503, 'The page is not built here. Build it with: npm run page')
    return {
      status: 200,
      body: built.html,
      type: 'text/html; charset=utf-8',
      fields: { 'content-security-policy': built.policy },
    }
  }
}

interface Page {
  html: string
  policy: string
}

/** Bundles have it built in; from source it is there once the build has written it. */
async function readPage(): Promise<Page | undefined> {
  try {
    const { gzip, policy } = await import('../../../dist/page.js')
    return { html: await gunzip(gzip), policy }
  } catch {
    return undefined
  }
}

/** @param base64 what it is compressed to: as text, the page would be a fifth of the bundle */
function gunzip(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(stream).text()
}
