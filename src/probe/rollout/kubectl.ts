import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { printable } from '../../measure/printable.ts'
import { UsageError } from '../exit-codes.ts'
import { codeOf, messageOf } from '../failure.ts'

/** Which deployment, of which cluster. */
export interface DeploymentName {
  namespace: string
  name: string
  /** Of kubectl's configuration (absent: the current one). */
  context?: string | undefined
}

/** How a command of kubectl ended. */
export interface Ended {
  ok: boolean
  stdout: string
  /** Its last words of what went wrong. */
  why: string
}

/** kubectl in one namespace, with the configuration, the rights and the errors that it has by itself. */
export interface Kubectl {
  run(...args: string[]): Promise<Ended>
  /** The same where it must succeed. @returns its output @throws UsageError */
  demand(...args: string[]): Promise<string>
  /**
   * A command that writes without end, a line for each thing that happens.
   * @returns fulfilled when it has ended, which it only does by itself where something went wrong
   */
  follow(args: string[], line: (text: string) => void, signal: AbortSignal): Promise<Ended>
  /** What it could not do, in its own words, and what to do next. */
  explain(args: string[], why: string): string
}

/** What to do about what kubectl says. */
const advice: [RegExp, (deployment: DeploymentName) => string][] = [
  [
    /NotFound/,
    ({ namespace }) =>
      `kubectl get deployments --namespace ${namespace} lists those that are there.`,
  ],
  [
    /forbidden/i,
    () => 'docs/probe.md lists the rights that a rollout needs; --context takes another account.',
  ],
  [/context .*does not exist/, () => 'kubectl config get-contexts lists those that are there.'],
  [
    /refused|no such host|timed? ?out|Unable to connect|no configuration|Unauthorized|provide credentials/i,
    () =>
      'kubectl config current-context names the cluster that is asked; --context takes another.',
  ],
]

const notFound = 'kubectl was not found: install it, https://kubernetes.io/docs/tasks/tools/'

const longestMessage = 1000

/** What kubectl says, in one line, as it may go to a terminal. */
const readable = (text: string) =>
  printable(text.trim().replaceAll(/\s*\n\s*/g, ' '), longestMessage)

/** @param signal ends what runs */
export function createKubectl(deployment: DeploymentName, signal: AbortSignal): Kubectl {
  const { namespace, context } = deployment
  const common = [
    '--namespace',
    namespace,
    ...(context === undefined ? [] : ['--context', context]),
  ]

  const follow: Kubectl['follow'] = async (args, line, until) => {
    const child = spawn('kubectl', [...args, ...common], {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: until,
    })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    createInterface({ input: child.stdout }).on('line', line)
    try {
      await once(child, 'close')
    } catch (cause) {
      if (until.aborted) return { ok: false, stdout: '', why: 'ended by us' }
      throw new UsageError(codeOf(cause) === 'ENOENT' ? notFound : messageOf(cause))
    }
    return { ok: child.exitCode === 0, stdout: '', why: readable(stderr) }
  }
  const run: Kubectl['run'] = async (...args) => {
    const lines: string[] = []
    const ended = await follow(args, (text) => lines.push(text), signal)
    return { ...ended, stdout: lines.join('\n') }
  }
  const explain = (args: string[], why: string) => {
    const next = advice.find(([pattern]) => pattern.test(why))?.[1](deployment)
    const what = `kubectl ${args.slice(0, 2).join(' ')} failed: ${why}`
    return next === undefined ? what : `${what}\n${next}`
  }
  return {
    run,
    follow,
    explain,
    async demand(...args) {
      const { ok, stdout, why } = await run(...args)
      if (ok) return stdout
      throw new UsageError(explain(args, why))
    },
  }
}
