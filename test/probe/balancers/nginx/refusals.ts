import type { Configuration } from '../configuration.ts'
import type { Nginx } from './nginx.ts'

const limit = 'limit_req_zone $binary_remote_addr zone=clients:1m rate=20r/s;'
const strict = ['-n', '500', '--max-failures', '0']

/** Answers that nginx gives itself: no replica sees these requests. */
export const refusals: Configuration<Nginx>[] = [
  {
    title: 'a limiter that says 429',
    settings: { http: limit, location: 'limit_req zone=clients; limit_req_status 429;' },
    probe: strict,
    says: { finds: ['lost'], failed: [429], exit: 1 },
  },
  {
    title: 'a limiter that says 503',
    settings: { http: limit, location: 'limit_req zone=clients;' },
    probe: strict,
    says: { finds: ['lost'], failed: [503], exit: 1 },
  },
  {
    title: 'the 404 of an ingress that has no such host',
    settings: { location: 'return 404;' },
    says: { finds: ['wrong-target', 'lost'], failed: [404], exit: 1 },
  },
  {
    title: '403',
    settings: { location: 'deny all;' },
    says: { finds: ['wrong-target', 'lost'], failed: [403], exit: 1 },
  },
  {
    title: 'a redirect',
    settings: { location: 'return 301 https://app.example$request_uri;' },
    says: { finds: ['wrong-target', 'lost'], failed: [301], exit: 1 },
  },
  {
    title: 'a cache',
    settings: {
      http: 'proxy_cache_path cache keys_zone=answers:1m;',
      location: `
        proxy_cache answers;
        proxy_ignore_headers Cache-Control;
        proxy_cache_valid 200 1h;
        proxy_cache_lock on;`,
    },
    says: { finds: ['cached'] },
  },
]
