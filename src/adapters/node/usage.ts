import { parseArgs } from 'node:util'
import { readConfig } from '../process/config.ts'
import { StartError } from '../process/start-error.ts'

export type Command = 'serve' | 'healthcheck' | 'version' | 'help'

/** What `--help` prints. */
export function usage(): string {
  const defaults = readConfig({})
  const { limits, logLevel } = defaults
  const levels = 'fatal, error, warn, info, debug, trace or silent'.replace(
    logLevel,
    '$& (default)',
  )
  const bytes = (limit: number) => `${limit}`.padEnd(10)
  return `served-by says which replica answered, and when.

Usage: node server.mjs [command]

Commands:
  (none)        serve until SIGTERM or SIGINT, then drain
  healthcheck   ask the replica on this machine whether it is ready
  --version     print version and commit
  --help        print this text

Environment:
  HOST              address to listen on (default: every address)
  PORT              port to listen on (default: ${defaults.port})
  METRICS_PORT      port for GET /metrics (default: ${defaults.metricsPort})
  REPLICA_NAME      name to answer with (default: the host name)
  LOG_LEVEL         ${levels}
  DRAIN_DELAY       seconds to go on accepting after a signal (default: ${defaults.drainDelay})
  DRAIN_TIMEOUT     seconds to wait then for what is in flight (default: ${defaults.drainTimeout})
  FAULTS            on for /status, /delay, /bytes and /faults (default: ${defaults.faults ? 'on' : 'off'})
  UPSTREAMS         URLs that /chain asks, at most 8, with commas between
  UPSTREAM_TIMEOUT  seconds that each of them may take (default: ${defaults.upstreamTimeout})

Limits, with their defaults:
  MAX_TARGET_BYTES  ${bytes(limits.targetBytes)} HEADER_TIMEOUT   ${limits.headerTimeout} seconds for a header
  MAX_HEADER_BYTES  ${bytes(limits.headerBytes)} REQUEST_TIMEOUT  ${limits.requestTimeout} seconds for a whole request
  MAX_BODY_BYTES    ${bytes(limits.bodyBytes)} IDLE_TIMEOUT     ${limits.idleTimeout} seconds between two requests
  MAX_CONNECTIONS   ${limits.connections}

Exit codes:
  0  drained, or ready
  1  stopped by a second signal, or not ready
  2  bad command, setting or port
`
}

/**
 * Reads the command line.
 * @param args what stands behind the script's name
 * @throws StartError for an unknown command or option
 */
export function readCommand(args: string[]): Command {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { help: { type: 'boolean' }, version: { type: 'boolean' } },
      allowPositionals: true,
    })
    if (values.help) return 'help'
    if (values.version) return 'version'
    if (positionals.length === 0) return 'serve'
    if (positionals.join(' ') === 'healthcheck') return 'healthcheck'
  } catch {
    // The sentence below says more to a newcomer than the parser's own.
  }
  throw new StartError(`There is no command "${args.join(' ')}"; --help lists the commands.`)
}
