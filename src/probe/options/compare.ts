import { Command } from '@commander-js/extra-typings'
import { compareHelp } from './help.ts'

/** `probe compare OLD NEW`: what changed between two reports. */
export function compareCommand() {
  return new Command('compare')
    .summary('what got worse between two JSON reports')
    .description('Says what changed beyond chance between two runs, from their JSON reports.')
    .argument('<old>')
    .argument('<new>')
    .optionsGroup('Report:')
    .option('--json <file>', 'write it as JSON (- is standard output)')
    .option('--markdown <file>', 'write it as Markdown, for a pull request')
    .option('--junit <file>', 'write it as JUnit XML, for CI servers')
    .option('-q, --quiet', 'show nothing but why the exit code is not 0')
    .optionsGroup('Help:')
    .addHelpText('after', compareHelp)
}
