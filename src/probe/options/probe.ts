import { Command, Option } from '@commander-js/extra-typings'
import { probeHelp } from './help.ts'
import { parseClients, parseCount, parsePositiveTime, parseRate } from './quantities.ts'
import { withRequest } from './how-to-ask.ts'
import { withReport } from './report.ts'
import { addUrl } from './request.ts'

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
    .addOption(
      new Option('--zone <name>', 'the zone it runs in (default: what ZONE says)')
        .env('ZONE')
        .hideHelp(),
    )
    .addOption(
      new Option('--cookies <n>', 'n clients with cookies of their own (to 10 000)')
        .argParser(parseClients)
        .hideHelp(),
    )
  return withReport(withRequest(command)).addHelpText('after', ({ command: { options } }) =>
    probeHelp(options.every(({ hidden }) => !hidden)),
  )
}
