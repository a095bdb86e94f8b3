import { Command, Option } from '@commander-js/extra-typings'
import { watchHelp } from './help.ts'
import { parsePort, parsePositiveTime, parseRate, parseSuccess } from './quantities.ts'
import {
  addHeader,
  addResolve,
  parseHost,
  parseMethod,
  parseReplicaByOption,
  parseUrl,
} from './request.ts'

/** `probe watch URL`: sends requests without end. */
export function watchCommand() {
  return new Command('watch')
    .usage('[options] <url>')
    .summary('send requests without end, and say what changes')
    .description(
      'Sends requests without end, and writes a line when something changes: nothing succeeds, more fails than usually, a replica is lost, slow, or gets another share.',
    )
    .argument('<url>', '', parseUrl)
    .optionsGroup('Watch:')
    .option('-r, --rate <n>', 'requests a second (default 5)', parseRate, 5)
    .option('--metrics-port <n>', 'where Prometheus reads (default 9465)', parsePort, 9465)
    .option('--json', 'write each line as JSON')
    .optionsGroup('Request, over a connection of its own:')
    .option('-X, --method <name>', 'method (default GET)', parseMethod, 'GET')
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
    .optionsGroup('Help:')
    .addHelpText('after', watchHelp)
}
