import { CommanderError } from '@commander-js/extra-typings'
import { merge, probe } from './commands.ts'
import { exitCodes, UsageError } from './exit-codes.ts'
import { createProgram } from './options/command.ts'
import { type Report, somethingAnswered } from './report/report.ts'

// The bundler replaces it; a run from source has none.
declare const SERVED_BY_VERSION: string | undefined

function exitCodeOf(report: Report): number {
  if (!somethingAnswered(report)) return exitCodes.nothingAnswered
  return report.expectations.every(({ met }) => met)
    ? exitCodes.asExpected
    : exitCodes.notAsExpected
}

const version = typeof SERVED_BY_VERSION === 'undefined' ? '0.0.0-source' : SERVED_BY_VERSION

const program = createProgram(
  {
    probe: async (url, options) => {
      process.exitCode = exitCodeOf(await probe(url, options))
    },
    merge: async (files, options) => {
      process.exitCode = exitCodeOf(await merge(files, options))
    },
  },
  version,
)

try {
  await program.parseAsync()
} catch (cause) {
  if (cause instanceof UsageError) process.stderr.write(`error: ${cause.message}\n`)
  // Commander has said already what is wrong; --help and --version come this way too, with 0.
  else if (!(cause instanceof CommanderError)) throw cause
  const done = cause instanceof CommanderError && cause.exitCode === 0
  process.exitCode = done ? exitCodes.asExpected : exitCodes.usage
}
