import { Command } from '@commander-js/extra-typings'
import { watchHelp } from './help.ts'
import { withRequest } from './how-to-ask.ts'
import { parsePort, parseRate } from './quantities.ts'
import { parseUrl } from './request.ts'

/** `probe watch URL`: sends requests without end. */
export function watchCommand() {
  const command = new Command('watch')
    .usage('[options] <url>')
    .summary('send requests without end, and say what changes')
    .description(
      'Sends requests without end, each over a connection of its own, and writes a line when something changes: nothing succeeds, more fails than usually, a replica is lost, slow, or gets another share.',
    )
    .argument('<url>', '', parseUrl)
    .optionsGroup('Watch:')
    .option('-r, --rate <n>', 'requests a second (default 5)', parseRate, 5)
    .option('--metrics-port <n>', 'where Prometheus reads (default 9465)', parsePort, 9465)
    .option('--json', 'write each line as JSON')
  return withRequest(command).optionsGroup('Help:').addHelpText('after', watchHelp)
}
