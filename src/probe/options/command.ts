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
    .optionsGroup('Expectations:')
    .option('--expect-replicas <n>', 'so many replicas answer', parseCount)
    .option('--expect <how>', 'even, round-robin, sticky or random; may be given again', addSpread)
    .option('--max-failures <n|%>', 'so many requests fail at most', parseLimit)
    .option(
      '--max-skew <%|time>',
      'shares so far from even, or clocks so far apart',
      parseSkewLimit,
    )
    .option('--max-p99 <time>', '99 % of the answers take at most that', parseTime)
    .option('--max-outage <time>', 'no outage is longer', parseTime)
    .optionsGroup('Report:')
    .option('--json <file>', 'write it as JSON; - is standard output')
    .option('--html <file>', 'write it as one HTML page; - is standard output')
    .option('-q, --quiet', 'no table and no progress on the terminal')
    .optionsGroup('Other:')
}

function probeCommand() {
  const command = new Command('probe')
    .description('Sends requests and says what the load balancer in front did with them.')
    .argument('<url>', 'what to ask; http:// may be left out', parseUrl)
    .optionsGroup('Load:')
    .option('-n, --requests <n>', 'so many requests (1000, unless --duration)', parseCount)
    .option('-d, --duration <time>', 'for so long: 500ms, 10s, 2m, 1h', parsePositiveTime)
    .option('-r, --rate <n>', 'so many per second, whatever becomes of them', parseRate)
    .option('-c, --concurrency <n>', 'so many at a time (10; with --rate at most, 500)', parseCount)
    .addOption(
      new Option('--connections <which>', 'kept ones, new ones, or each in turn')
        .choices(['reuse', 'new', 'both'])
        .default('reuse' as const),
    )
    .optionsGroup('Request:')
    .option('-X, --method <name>', 'the method', parseMethod, 'GET')
    .option('-H, --header <name: value>', 'a header; may be given again', addHeader)
    .option('--host <name>', 'the Host header, where it is not that of the URL', parseHost)
    .option('--resolve <host:port:address>', 'where a name is; may be given again', addResolve)
    .option('--cacert <file>', 'trust the authorities whose certificates (PEM) are in it')
    .option('-k, --insecure', 'take any TLS certificate')
    .option('--timeout <time>', 'for a complete answer (5s)', parsePositiveTime)
    .option('--cookies <n>', 'so many clients, each with cookies of its own', parseCount)
    .option('--success <status>', 'what counts as answered: 2xx, 404, 200-299 (2xx)', parseSuccess)
    .option('--replica-by <how>', 'how an answer tells who gave it (auto)', parseReplicaByOption)
  return withReport(command).addHelpText('after', probeHelp)
}

function mergeCommand() {
  const command = new Command('merge')
    .description('Adds the JSON reports of several probes, without loss.')
    .argument('<files...>', 'reports that --json wrote')
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
  const program = probeCommand().version(version).action(actions.probe)
  const merge = mergeCommand().action(actions.merge)
  for (const command of [program, merge]) {
    command.exitOverride().configureOutput(output).showHelpAfterError('(see --help)')
  }
  // What stands behind `merge` is for it.
  return program.enablePositionalOptions().addCommand(merge)
}
