import { setTimeout as sleep } from 'node:timers/promises'
import { now } from '../clock.ts'
import { UsageError } from '../exit-codes.ts'
import type { Kubectl } from './kubectl.ts'
import type { Pods } from './pods.ts'

/** Milliseconds until the first pod is told of; a deployment may have none. */
const longestSilence = 10_000
/** Milliseconds after which a watch that the API server has ended is begun again. */
const pause = 500

/**
 * Follows the pods until the signal. @returns when the first one is known
 * @throws UsageError where kubectl may not, or cannot
 */
export async function followPods(
  kubectl: Kubectl,
  selector: string,
  pods: Pods,
  signal: AbortSignal,
): Promise<void> {
  const { promise: known, resolve } = Promise.withResolvers<undefined>()
  const output = ['--output', 'json', '--watch', '--output-watch-events']
  const args = ['get', 'pods', `--selector=${selector}`, ...output]
  const read = (line: string) => {
    pods.read(line, now())
    resolve(undefined)
  }
  const first = kubectl.follow(args, read, signal)
  // An API server ends every watch after some time.
  void (async () => {
    await first.catch(() => undefined)
    while (!signal.aborted) {
      await sleep(pause)
      await kubectl.follow(args, read, signal).catch(() => undefined)
    }
  })()
  const failed = first.then(({ ok, why }) => {
    if (!ok && !signal.aborted) throw new UsageError(kubectl.explain(args, why))
  })
  await Promise.race([known, failed, sleep(longestSilence, undefined, { ref: false })])
  // After the first pod its end is no error any more.
  failed.catch(() => undefined)
}
