import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings'

/** One screen with `--help`; with `--help-all` also the options that are marked rare by `hideHelp()`. */
export function addHelp(command: CommandUnknownOpts): void {
  // Where nothing is rare, it shows no more than --help.
  const nothingRare = !command.options.some(({ hidden }) => hidden)
  command
    .helpOption('-h, --help', 'show this')
    .addOption(new Option('--help-all', 'show every option').hideHelp(nothingRare))
    .on('option:help-all', () => {
      for (const option of command.options) option.hidden = false
      command.help()
    })
}

const replicaByHelp = `
--replica-by: auto (Served-By, or a body that docs/probe.md lists),
  served-by, header:NAME, json:PATH (RFC 9535), regex:PATTERN, regex:/PATTERN/i
`

/** What `probe --help` says below the options. @param all whether every option is shown */
export const probeHelp = (all: boolean) => `${all ? replicaByHelp : ''}
Examples:
  probe localhost:8000                              who answers, and how evenly
  probe localhost --host app.example --expect even  through an ingress
  probe localhost -r 200 -d 2m --max-failures 0     what a rollout loses
  probe my-service --connections both               requests or connections?
  probe app/a/{n} -H 'X-Key: {n}'                   {n}: the request's number

Exit codes: 0 as expected, 1 not as expected, or every answer is a 3xx or 4xx,
  2 wrong usage, or the probe could not go on, 3 nothing answered
`

/** What `probe merge --help` says below the options. */
export const mergeHelp = `
Example:
  probe merge a.json b.json --expect even --html all.html
      what two probes saw, as if one had sent the requests of both
`

/** What `probe watch --help` says below the options. */
export const watchHelp = `
Examples:
  probe watch my-service                    until Ctrl-C or SIGTERM
  probe watch my-service -r 20 --json       a higher rate, for many replicas

Exit codes: 0 ended by a signal, 2 wrong usage, or the probe could not go on
`

/** What `probe rollout --help` says below the options. */
export const rolloutHelp = `
Phases: starting (just ready), draining (told to end), gone (ended), serving;
  the proxy where no pod came or went. docs/probe.md lists the rights it needs.

Examples:
  probe rollout shop/web http://shop.example/
  probe rollout shop/web http://192.0.2.7/ --host shop.example --rate 200
`

/** What `probe compare --help` says below the options. */
export const compareHelp = `
Example:
  probe my-service --rate 100 -d 2m --json old.json     before the change
  probe my-service --rate 100 -d 2m --json new.json     after it
  probe compare old.json new.json

Exit codes: 0 no worse, 1 worse, 2 wrong usage, or something that is no report
`
