/** What `probe --help` says below the options. */
export const probeHelp = `
--replica-by: auto (Served-By, or the body of podinfo, whoami, http-https-echo),
  served-by, header:NAME, json:PATH (RFC 9535), regex:PATTERN, regex:/PATTERN/i

Examples:
  probe localhost:8000                              who answers, and how evenly
  probe localhost --host app.example --expect even  through an ingress
  probe localhost -r 200 -d 2m --max-failures 0     what a rollout loses
  probe my-service --connections both               requests or connections?
  probe merge a.json b.json                         add what two probes saw

Exit codes: 0 as expected, 1 not as expected, or every answer is a 3xx or 4xx,
  2 wrong usage, or the probe could not go on, 3 nothing answered
`

/** What `probe merge --help` says below the options. */
export const mergeHelp = `
Example:
  probe merge a.json b.json --expect even --html all.html
      what two probes saw, as if one had sent the requests of both
`
