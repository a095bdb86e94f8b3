import { Command, Option } from '@commander-js/extra-typings'
import { mergeHelp, probeHelp } from './help.ts'
import {
  addSpread,
  parseCount,
  parseLimit,
  parsePositiveTime,
  parseRate,
  parseSkewLimit,
  parseSuccess,
  parseTime,
} from './quantities.ts'
import {
  addHeader,
  addResolve,
  parseHost,
  parseMethod,
  parseReplicaByOption,
  parseUrl,
} from './request.ts'

/** What is expected of a result and where it is written: the same for a run and for a merge. */
function withReport<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return command
    .optionsGroup('What you expect (exit code 1 if it is not so):')
    .option('--expect-replicas <n>', 'number of replicas that answer', parseCount)
    .option('--expect <how>', 'even, round-robin, sticky, random (repeatable)', addSpread)
    .option('--max-failures <n|%>', 'most requests that may be lost', parseLimit)
    .option('--max-skew <%|time>', 'furthest share from even, or clock from clock', parseSkewLimit)
    .option('--max-p99 <time>', 'longest time that 99 % of the answers may take', parseTime)
    .option('--max-outage <time>', 'longest time without a success', parseTime)
    .optionsGroup('Report:')
    .option('--json <file>', 'write it as JSON (- is standard output)')
    .option('--html <file>', 'write it as an HTML page (- is standard output)')
    .option('-v, --verbose', 'also show the statistics')
    .option('-q, --quiet', 'show nothing but why the exit code is not 0')
    .helpOption('-h, --help', 'show this')
}

function probeCommand() {
  const command = new Command('probe')
    .usage('[options] <url>')
    .description('Sends requests and says what the load balancer in front did with them.')
    .argument('<url>', '', parseUrl)
    .optionsGroup('Load:')
    .option('-n, --requests <n>', 'number of requests (default 1000)', parseCount)
    .option('-d, --duration <time>', 'how long to send: 500ms, 10s, 2m, 1h', parsePositiveTime)
    .option('-r, --rate <n>', 'requests a second, however slow the answers', parseRate)
    .option('-c, --concurrency <n>', 'requests in flight (default 10; with -r 500)', parseCount)
    .addOption(
      new Option('--connections <which>', 'reuse (default), new for each request, or both')
        .choices(['reuse', 'new', 'both'])
        .default('reuse' as const),
    )
    .option('--cookies <n>', 'send as n clients, each with cookies of its own', parseCount)
    .optionsGroup('Request:')
    .option('-X, --method <name>', 'method (default GET)', parseMethod, 'GET')
    .option('-H, --header <name: value>', 'header (repeatable)', addHeader)
    .option('--host <name>', 'Host header, where it is not that of the URL', parseHost)
    .option('--resolve <host:port:address>', 'addresses to use (repeatable)', addResolve)
    .option('--cacert <file>', 'certificates (PEM) of authorities to trust')
    .option('-k, --insecure', 'accept any certificate')
    .option('--timeout <time>', 'longest wait for an answer (default 5s)', parsePositiveTime)
    .option('--success <status>', 'statuses that count as answered (default 2xx)', parseSuccess)
    .option('--replica-by <how>', 'how to tell who answered (default auto)', parseReplicaByOption)
  return withReport(command).addHelpText('after', probeHelp)
}

function mergeCommand() {
  const command = new Command('merge')
    .description('Adds the JSON reports of several probes, without loss.')
    .argument('<files...>')
  return withReport(command).addHelpText('after', mergeHelp)
}

export type ProbeOptions = ReturnType<ReturnType<typeof probeCommand>['opts']>
export type ReportOptions = ReturnType<ReturnType<typeof mergeCommand>['opts']>

/** What the two commands do. */
export interface Actions {
  probe: (url: URL, options: ProbeOptions) => Promise<void>
  merge: (files: string[], options: ReportOptions) => Promise<void>
}

/** The command line. It throws a CommanderError instead of ending the process. */
export function createProgram(actions: Actions, version: string) {
  const columns = 80
  const output = { getOutHelpWidth: () => columns, getErrHelpWidth: () => columns }
  // Defaults and choices are in the descriptions, in plain words.
  const help = {
    optionDescription: ({ description }: Option) => description,
    visibleCommands: () => [],
  }
  const program = probeCommand()
    .version(version, '-V, --version', 'show the version')
    .action(actions.probe)
  const merge = mergeCommand().action(actions.merge)
  for (const command of [program, merge]) {
    command
      .exitOverride()
      .configureOutput(output)
      .configureHelp(help)
      .showHelpAfterError('(see --help)')
  }
  // What stands behind `merge` is for it.
  return program.enablePositionalOptions().addCommand(merge)
}
