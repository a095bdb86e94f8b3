import { type Command, Option } from '@commander-js/extra-typings'
import { addExpect } from './expect.ts'
import { parseCount, parseLimit, parseSkewLimit, parseTime } from './quantities.ts'

/** What is expected of a result and where it is written: the same for a run and for a merge. */
export function withReport<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return command
    .optionsGroup('What you expect (exit code 1 if it is not so):')
    .option('--expect-replicas <n>', 'number of replicas that answer', parseCount)
    .option(
      '--expect <how>',
      'even, round-robin, sticky, random, weights=v1:90,v2:10, same-zone=95% (repeatable)',
      addExpect,
    )
    .option('--max-failures <n|%>', 'most requests that may be lost', parseLimit)
    .addOption(
      new Option('--max-skew <%|time>', 'furthest share from even, or clock from clock')
        .argParser(parseSkewLimit)
        .hideHelp(),
    )
    .option('--max-p99 <time>', 'longest time that 99 % of the answers may take', parseTime)
    .addOption(
      new Option('--max-outage <time>', 'longest time without a success')
        .argParser(parseTime)
        .hideHelp(),
    )
    .optionsGroup('Report:')
    .option('--json <file>', 'write it as JSON (- is standard output)')
    .option('--html <file>', 'write it as an HTML page (- is standard output)')
    .option('--markdown <file>', 'write it as Markdown, for a pull request')
    .addOption(new Option('--junit <file>', 'write it as JUnit XML, for CI servers').hideHelp())
    .addOption(
      new Option(
        '--openmetrics <file>',
        'write it as OpenMetrics, for Prometheus, GitLab',
      ).hideHelp(),
    )
    .option('-v, --verbose', 'also show the statistics')
    .option('-q, --quiet', 'show nothing but why the exit code is not 0')
    .optionsGroup('Help:')
}
