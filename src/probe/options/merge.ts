import { Command } from '@commander-js/extra-typings'
import { mergeHelp } from './help.ts'
import { withReport } from './report.ts'

/** `probe merge FILES`: adds reports. */
export function mergeCommand() {
  const command = new Command('merge')
    .summary('add the JSON reports of several probes')
    .description('Adds the JSON reports of several probes, without loss.')
    .argument('<files...>')
  return withReport(command).addHelpText('after', mergeHelp)
}
