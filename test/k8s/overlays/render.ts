import { execFileSync } from 'node:child_process'
import { parseObjects } from '../objects.ts'

const root = new URL('../../../', import.meta.url)

/** What `make render` reads beside `WITH`. */
export type Settings = Partial<
  Record<
    'TLS_HOST' | 'TLS_ISSUER' | 'GATEWAY_CLASS' | 'INGRESS_CLASS' | 'IMAGE' | 'PROBE_IMAGE',
    string
  >
>

/**
 * What `make deploy` applies with these components, put together by the real kubectl.
 * Throws, with what was said to standard error, when they do not go together.
 */
export function render(components: readonly string[], settings: Settings = {}): unknown[] {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, WITH: components.join(' '), ...settings }
  return parseObjects(
    execFileSync('build/render.sh', { cwd: root, env, encoding: 'utf8', stdio: 'pipe' }),
  )
}
