import { amount, clockTime, duration, grouped } from '../../measure/sentences/words.ts'
import type { Loss, Suspect } from '../rollout/blame.ts'
import type { PodHistory } from '../rollout/pods.ts'
import type { Rollout } from '../rollout/rollout.ts'
import type { Line } from './findings.ts'

const mostNamed = 3

const nameOf = ({ pod, phase }: Suspect) => `${pod} (${phase})`

/** "web-a (draining) or web-b (starting)". */
function tellSuspects({ suspects }: Loss): string {
  if (suspects.length === 0) return 'the proxy'
  const named = suspects.slice(0, mostNamed).map(nameOf)
  const others = suspects.length - named.length
  return [...named, ...(others > 0 ? [amount(others, 'other')] : [])].join(' or ')
}

/** The decision of a rollout. @param failures of so many requests, in all */
export function decideRollout(
  { deployment, started, ended, incomplete, pods, losses }: Rollout,
  { failures, requests }: { failures: number; requests: number },
): string {
  const subject = `the rollout of ${deployment}`
  const told = losses
    .slice(0, mostNamed)
    .map((loss) => `${grouped(loss.count)} by ${tellSuspects(loss)}`)
  const rest = losses.slice(mostNamed).reduce((sum, { count }) => sum + count, 0)
  const lost = `${grouped(failures)} of ${grouped(requests)} requests`
  const by = [...told, ...(rest > 0 ? [`${grouped(rest)} by others`] : [])].join('; ')
  if (incomplete !== undefined) {
    const so = failures === 0 ? `No request was lost.` : `${lost} lost: ${by}.`
    return `Not fine: ${subject} is not complete: ${incomplete}. ${so}`
  }
  if (failures > 0) return `Not fine: ${subject} lost ${lost}: ${by}.`
  const replaced = pods.filter(({ draining }) => draining !== undefined).length
  return `Fine: ${subject} replaced ${amount(replaced, 'pod')} in ${duration(ended - started)}, and lost none of ${grouped(requests)} requests.`
}

/** What became of a pod, by the clock. */
function tellPod({ old, created, ready, draining, ended, answered }: PodHistory): string {
  const steps: [number | undefined, string][] = [
    [old ? undefined : created, 'created'],
    [old ? undefined : ready, 'ready'],
    [old ? undefined : answered, 'first answer'],
    [draining, 'told to end'],
    [ended, 'ended'],
  ]
  const told = steps.flatMap(([at, what]) => (at === undefined ? [] : [`${what} ${clockTime(at)}`]))
  return told.length === 0 ? 'unchanged' : told.join(', ')
}

function tellLoss(loss: Loss): string {
  const { first, last, ways } = loss
  const [from, to] = [clockTime(first), clockTime(last)]
  const how = Object.entries(ways).map(([way, times]) => `${grouped(times)} × ${way}`)
  return `${tellSuspects(loss)}: ${how.join(', ')}, ${from === to ? from : `${from} to ${to}`}`
}

/** Who lost what, then the pods by the clock; the first of either has a title. */
export function rolloutLines({ pods, losses }: Rollout): Line[] {
  const title = (name: string, index: number) => (index === 0 ? name : '')
  return [
    ...losses.map((loss, index) => ({
      title: title('Lost by', index),
      text: tellLoss(loss),
      bad: true,
    })),
    ...pods.map((pod, index) => ({
      title: title('Pods', index),
      text: `${pod.pod}: ${tellPod(pod)}`,
      bad: false,
    })),
  ]
}
