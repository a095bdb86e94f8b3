import { setTimeout as sleep } from 'node:timers/promises'
import type { Observation } from '../../measure/observation.ts'
import { clockTime } from '../../measure/sentences/words.ts'
import { now } from '../clock.ts'
import type { RolloutOptions } from '../options/command.ts'
import { toPlan } from '../plan.ts'
import { checkOutputs, deliver } from '../report/deliver.ts'
import { createReport, describeRun, type Report } from '../report/report.ts'
import { run } from '../run.ts'
import { firstSignal } from '../signal.ts'
import { checkName } from '../transport/addresses.ts'
import { warmUp } from '../warm-up.ts'
import { blame, type Lost } from './blame.ts'
import { followPods } from './follow.ts'
import { createKubectl, type Kubectl } from './kubectl.ts'
import { createPods, type Pods } from './pods.ts'
import { readSelector } from './selector.ts'

/** Each of them is kept: who lost it is known when the pods' end is. */
const mostLosses = 100_000

/** Restarts a deployment while it is probed, and delivers the report of what that lost. */
export async function rollout(
  { namespace, name }: { namespace: string; name: string },
  urls: URL[],
  options: RolloutOptions,
): Promise<Report> {
  const signal = firstSignal()
  const plan = toPlan(urls, { ...options, requests: Infinity })
  await checkOutputs(options)
  if (!plan.target.addresses) await checkName(plan.target.url)
  const kubectl = createKubectl({ namespace, name, context: options.context }, signal)
  const selector = readSelector(await kubectl.demand('get', 'deployment', name, '--output', 'json'))
  await warmUp(plan.replicaBy)

  const pods = createPods()
  const over = new AbortController()
  const enough = new AbortController()
  const losses: Lost[] = []
  let answers = 0
  let answersBefore = 0
  let lossBefore = now()
  const observed = (observation: Observation) => {
    if (observation.outcome !== 'answered') {
      const { sent, done, outcome, status, replica } = observation
      const lost = { sent, done, outcome, status, replica, answersBefore, lossBefore }
      if (losses.length < mostLosses) losses.push(lost)
      answersBefore = 0
      lossBefore = done
      return
    }
    answers += 1
    answersBefore += 1
    if (observation.replica !== undefined) pods.answered(observation.replica, observation.done)
  }
  try {
    await followPods(kubectl, selector, pods, over.signal)
    const running = run(plan, signal, () => undefined, { observed, enough: enough.signal })
    const steps = replacePods(kubectl, name, pods, () => answers > 0, options, signal)
    const [result, { started, ended, why }] = await Promise.all([
      running,
      steps.finally(() => {
        enough.abort()
      }),
    ])
    const report: Report = {
      ...createReport([describeRun(plan, result)], result.tally, options),
      rollout: {
        deployment: `${namespace}/${name}`,
        started,
        ended,
        incomplete: why,
        pods: pods.all(),
        losses: blame(losses, pods.all()),
      },
    }
    await deliver(report, options)
    return report
  } finally {
    enough.abort()
    over.abort()
  }
}

/** When it was started and when it had ended, and why it is not complete (absent: it is). */
interface Steps {
  started: number
  ended: number
  why?: string | undefined
}

/** Sends for a while, restarts, waits for the rollout and its old pods, and sends for another while. */
async function replacePods(
  kubectl: Kubectl,
  name: string,
  pods: Pods,
  somethingAnswers: () => boolean,
  { settle, rolloutTimeout, quiet }: RolloutOptions,
  signal: AbortSignal,
): Promise<Steps> {
  const say = (text: string) => {
    if (quiet !== true) process.stderr.write(`${clockTime(now())} ${text}\n`)
  }
  const wait = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal }).catch(() => undefined)
  const deployment = `deployment/${name}`
  const stopped = () => signal.aborted

  say(`Sending requests for ${settle / 1000} s before the rollout.`)
  await wait(settle)
  let started = now()
  if (stopped()) return { started, ended: started, why: 'it was not started' }
  if (!somethingAnswers())
    return { started, ended: started, why: 'nothing answered before it, so nothing was changed' }

  started = now()
  pods.begin()
  say(`kubectl rollout restart ${deployment}`)
  await kubectl.demand('rollout', 'restart', deployment)
  const timeout = `${Math.ceil(rolloutTimeout / 1000)}s`
  const status = await kubectl.run('rollout', 'status', deployment, `--timeout=${timeout}`)
  const latest = now() + rolloutTimeout
  while (pods.areDraining() && now() < latest && !stopped()) await wait(100)
  const ended = now()
  if (stopped()) return { started, ended, why: 'the probe was ended first; the rollout goes on' }
  say(`${status.ok ? 'The pods are replaced' : status.why}; sending for ${settle / 1000} s more.`)
  await wait(settle)
  return { started, ended, why: status.ok ? undefined : status.why }
}
