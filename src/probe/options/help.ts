/** What `probe --help` says below the options. */
export const probeHelp = `
How an answer tells who gave it (--replica-by):
  auto             Served-By; else what podinfo, whoami or http-https-echo say
  served-by        the Served-By field (RFC 9651)
  header:NAME      a header's value
  json:PATH        JSONPath (RFC 9535) into the body, such as json:$.os.hostname
  regex:PATTERN    its first group in the body, or all; also regex:/PATTERN/i

Examples:
  probe http://localhost:8000
      1000 requests, ten at a time: who answers, how evenly, in which order
  probe http://localhost --host app.example --expect even --expect-replicas 3
      the same through an ingress, with an exit code
  probe http://localhost --rate 200 --duration 2m --max-failures 0 --html a.html
      during a rollout: which requests are lost, when, and by whom
  probe http://my-service --connections both
      does the balancer deal out requests, or only connections?

Exit codes: 0 as expected, 1 an expectation failed, 2 usage, 3 nothing answered
`

/** What `probe merge --help` says below the options. */
export const mergeHelp = `
Example:
  probe merge a.json b.json --expect even --html all.html
      what two probes saw, as if one had sent the requests of both
`
