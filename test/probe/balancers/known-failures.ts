/**
 * Configurations that are named wrongly today (issue 18); what is counted is right in all of them.
 * One that turns right fails the suite until it is taken off the list.
 */
export const alwaysWrong = [
  'nginx: round robin over two, kept and new connections in turn',
  'nginx: a limiter that says 429',
  'nginx: the 404 of an ingress that has no such host',
  'nginx: 403',
  'nginx: a redirect',
  'haproxy: first',
  'haproxy: a limiter that says 429',
  'haproxy: 403',
  'haproxy: a redirect',
]

/** Those that are named wrongly now and then, so that one right run says nothing. */
export const sometimesWrong = [
  'nginx: round robin by four workers',
  'nginx: round robin over 64 connections',
  'nginx: round robin with as many in flight as a multiple of the replicas',
  'nginx: the better of two at random',
]
