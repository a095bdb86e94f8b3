import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings'
import { compareCommand } from './compare.ts'
import { addHelp } from './help.ts'
import { mergeCommand } from './merge.ts'
import { probeCommand } from './probe.ts'
import { rolloutCommand } from './rollout.ts'
import { watchCommand } from './watch.ts'

export type ProbeOptions = ReturnType<ReturnType<typeof probeCommand>['opts']>
export type ReportOptions = ReturnType<ReturnType<typeof mergeCommand>['opts']>
export type RolloutOptions = ReturnType<ReturnType<typeof rolloutCommand>['opts']>
export type WatchOptions = ReturnType<ReturnType<typeof watchCommand>['opts']>
export type CompareOptions = ReturnType<ReturnType<typeof compareCommand>['opts']>

/** What the commands do. */
export interface Actions {
  probe: (urls: URL[], options: ProbeOptions) => Promise<void>
  merge: (files: string[], options: ReportOptions) => Promise<void>
  watch: (url: URL, options: WatchOptions) => Promise<void>
  rollout: (
    deployment: { namespace: string; name: string },
    urls: URL[],
    options: RolloutOptions,
  ) => Promise<void>
  compare: (before: string, after: string, options: CompareOptions) => Promise<void>
}

/** The command line. It throws a CommanderError instead of ending the process. */
export function createProgram(actions: Actions, version: string) {
  const program = probeCommand().action(actions.probe)
  // A new command is one line here.
  const others: CommandUnknownOpts[] = [
    mergeCommand().action(actions.merge),
    watchCommand().action(actions.watch),
    rolloutCommand().action(actions.rollout),
    compareCommand().action(actions.compare),
  ]

  const columns = 80
  const output = { getOutHelpWidth: () => columns, getErrHelpWidth: () => columns }
  const help = {
    // Defaults and choices are in the descriptions, in plain words.
    optionDescription: ({ description }: Option) => description,
    // What it takes is in its own help.
    subcommandTerm: (command: CommandUnknownOpts) => command.name(),
  }
  for (const command of [program, ...others]) {
    addHelp(command)
    command
      .exitOverride()
      .configureOutput(output)
      .configureHelp(help)
      .showHelpAfterError('(see --help)')
  }
  program.version(version, '-V, --version', 'show the version')
  // What stands behind the name of another command is for it.
  program.enablePositionalOptions()
  for (const command of others) program.addCommand(command)
  return program
}
