import { Command, Option } from '@commander-js/extra-typings'
import { probeHelp } from './help.ts'
import {
  parseClients,
  parseCount,
  parsePositiveTime,
  parseRate,
  parseSuccess,
} from './quantities.ts'
import { withReport } from './report.ts'
import {
  addHeader,
  addResolve,
  addUrl,
  parseHost,
  parseMethod,
  parseReplicaByOption,
} from './request.ts'

/** `probe URL`: sends requests. An option with `hideHelp()` is rare, and shown by `--help-all` only. */
export function probeCommand() {
  const command = new Command('probe')
    .usage('[options] <url...>')
    .description('Sends requests and says what the load balancer in front did with them.')
    .argument('<url...>', '', addUrl)
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
    .option('--cookies <n>', 'n clients with cookies of their own (to 10 000)', parseClients)
    .addOption(
      new Option('--zone <name>', 'the zone it runs in (default: what ZONE says)')
        .env('ZONE')
        .hideHelp(),
    )
    .optionsGroup('Request:')
    .option('-X, --method <name>', 'method (default GET, or POST with a body)', parseMethod)
    .option('--body <text>', 'body to send')
    .addOption(new Option('--body-file <file>', 'body to send, at most 16 MiB').hideHelp())
    .option('-H, --header <name: value>', 'header (repeatable)', addHeader)
    .option('--host <name>', 'Host header, where it is not that of the URL', parseHost)
    .option('--resolve <host:port:address>', 'addresses to use (repeatable)', addResolve)
    .addOption(
      new Option('--cacert <file>', 'certificates (PEM) of authorities to trust').hideHelp(),
    )
    .option('-k, --insecure', 'accept any certificate')
    .option('--timeout <time>', 'longest wait for an answer (default 5s)', parsePositiveTime)
    .addOption(
      new Option('--success <status>', 'statuses that count as answered (default 2xx)')
        .argParser(parseSuccess)
        .hideHelp(),
    )
    .option(
      '--replica-by <how>',
      'auto (default), header:NAME, json:PATH, regex:PATTERN',
      parseReplicaByOption,
    )
  return withReport(command).addHelpText('after', ({ command: { options } }) =>
    probeHelp(options.every(({ hidden }) => !hidden)),
  )
}
