import { CommanderError } from '@commander-js/extra-typings'
import { merge, probe } from './commands.ts'
import { rollout } from './rollout/command.ts'
import { compare } from './compare/compare.ts'
import { exitCodes, UnknownHostError, UsageError } from './exit-codes.ts'
import { createProgram } from './options/command.ts'
import { exitCodeOf } from './report/exit-code.ts'
import { watch } from './watch/watch.ts'

// The bundler replaces it; a run from source has none.
declare const SERVED_BY_VERSION: string | undefined

function exitCodeOfError(cause: unknown): number {
  if (cause instanceof UnknownHostError) return exitCodes.nothingAnswered
  const done = cause instanceof CommanderError && cause.exitCode === 0
  return done ? exitCodes.asExpected : exitCodes.usage
}

const version = typeof SERVED_BY_VERSION === 'undefined' ? '0.0.0-source' : SERVED_BY_VERSION

const program = createProgram(
  {
    probe: async (urls, options) => {
      process.exitCode = exitCodeOf(await probe(urls, options))
    },
    merge: async (files, options) => {
      process.exitCode = exitCodeOf(await merge(files, options))
    },
    compare: async (before, after, options) => {
      const { decision } = await compare(before, after, options)
      process.exitCode =
        decision.verdict === 'worse' ? exitCodes.notAsExpected : exitCodes.asExpected
    },
    watch: (url, options) => watch(url, options, version),
    rollout: async (deployment, urls, options) => {
      process.exitCode = exitCodeOf(await rollout(deployment, urls, options))
    },
  },
  version,
)

/** A reader that has gone wants nothing more; the exit code still says what was found. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.stderr.write(`error: The report cannot be written: ${error.message}\n`)
    process.exit(exitCodes.usage)
  })
}

try {
  await program.parseAsync()
} catch (cause) {
  if (cause instanceof UsageError || cause instanceof UnknownHostError)
    process.stderr.write(`error: ${cause.message}\n`)
  // Commander has said already what is wrong; --help and --version come this way too, with 0.
  else if (!(cause instanceof CommanderError)) throw cause
  process.exitCode = exitCodeOfError(cause)
}
