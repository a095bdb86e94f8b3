import type { Configuration } from '../configuration.ts'
import type { Haproxy } from './haproxy.ts'

/** Answers that haproxy gives itself: no replica sees these requests. */
export const refusals: Configuration<Haproxy>[] = [
  {
    title: 'a limiter that says 429',
    settings: {
      lines: [
        'stick-table type ip size 1k expire 1m store http_req_rate(1m)',
        'http-request track-sc0 src',
        'http-request deny deny_status 429 if { sc_http_req_rate(0) gt 100 }',
      ],
    },
    probe: ['-n', '500', '--max-failures', '0'],
    says: { finds: ['lost'], failed: [429], exit: 1 },
  },
  {
    title: '403',
    settings: { lines: ['http-request deny'] },
    says: { finds: ['wrong-target', 'lost'], failed: [403], exit: 1 },
  },
  {
    title: 'a redirect',
    settings: { lines: ['http-request redirect scheme https'] },
    says: { finds: ['wrong-target', 'lost'], failed: [302], exit: 1 },
  },
  {
    title: 'a cache',
    settings: {
      sections: 'cache answers\n  total-max-size 4\n',
      lines: [
        'http-response set-header Cache-Control max-age=3600',
        'http-request cache-use answers',
        'http-response cache-store answers',
      ],
    },
    says: { finds: ['cached'] },
  },
]
