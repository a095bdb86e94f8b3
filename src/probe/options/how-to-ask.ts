import { type Command, Option } from '@commander-js/extra-typings'
import { parsePositiveTime, parseSuccess } from './quantities.ts'
import { addHeader, addResolve, parseHost, parseMethod, parseReplicaByOption } from './request.ts'

/** What is sent and how an answer is read: the same for every command that sends requests. */
export function withRequest<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return command
    .optionsGroup('Request:')
    .option('-X, --method <name>', 'method (default GET, or POST with a body)', parseMethod)
    .option('--body <text>', 'body to send')
    .addOption(new Option('--body-file <file>', 'body to send, at most 16 MiB').hideHelp())
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
}
