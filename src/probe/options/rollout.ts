import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { rolloutHelp } from './help.ts'
import { withRequest } from './how-to-ask.ts'
import { parsePositiveTime, parseRate } from './quantities.ts'
import { withReport } from './report.ts'
import { addUrl } from './request.ts'

/** A name in Kubernetes (RFC 1123, a subdomain). */
const name = /^[a-z\d](?:[-a-z\d.]*[a-z\d])?$/

/** `NAMESPACE/DEPLOYMENT`. @throws InvalidArgumentError */
export function parseDeployment(text: string): { namespace: string; name: string } {
  const [namespace = '', deployment = '', ...rest] = text.split('/')
  if (rest.length > 0 || !name.test(namespace) || !name.test(deployment))
    throw new InvalidArgumentError('It must be NAMESPACE/DEPLOYMENT, such as shop/web.')
  return { namespace, name: deployment }
}

/** `probe rollout NAMESPACE/DEPLOYMENT URL`: restarts it, and says who lost requests. */
export function rolloutCommand() {
  const command = new Command('rollout')
    .usage('[options] <namespace/deployment> <url...>')
    .summary('restart a Deployment, and say who lost requests')
    .description(
      'Restarts a Deployment through kubectl, sends requests meanwhile, and says which\npod lost which of them, and in which phase. Exit code 1 when one was lost.',
    )
    .argument('<namespace/deployment>', '', parseDeployment)
    .argument('<url...>', '', addUrl)
    .optionsGroup('Rollout:')
    .option('-r, --rate <n>', 'requests a second (default 50)', parseRate, 50)
    .addOption(
      new Option('--connections <which>', 'reuse, new for each request, or both (default)')
        .choices(['reuse', 'new', 'both'])
        .default('both' as const),
    )
    .option('--context <name>', 'context of kubectl (default: the current)')
    .option(
      '--rollout-timeout <time>',
      'longest it may take (default 10m)',
      parsePositiveTime,
      600_000,
    )
    .option(
      '--settle <time>',
      'sends so long before and after (default 10s)',
      parsePositiveTime,
      10_000,
    )
  return withReport(withRequest(command)).addHelpText('after', rolloutHelp)
}
