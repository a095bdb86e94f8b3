import type { Config } from '../process/config.ts'
import { StartError } from '../process/start-error.ts'

/** Milliseconds: longer than any answer of a healthy process takes, shorter than Docker waits. */
const timeout = 2000

/**
 * Asks the replica on this machine whether it is ready: a health check for images without a shell.
 * @throws StartError with exit code 1 if it is not
 */
export async function healthcheck({ host, port }: Config): Promise<void> {
  const url = new URL('http://127.0.0.1/readyz')
  if (host !== undefined) url.hostname = host.includes(':') ? `[${host}]` : host
  url.port = `${port}`
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeout) }).catch(() => undefined)
  if (!answer) throw new StartError(`Not ready: ${url.host} does not answer.`, 1)
  if (!answer.ok) throw new StartError(`Not ready: ${url.host} answered ${answer.status}.`, 1)
}
