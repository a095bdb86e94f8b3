import type { Configuration, Says } from '../configuration.ts'
import type { Nginx } from './nginx.ts'

const [v1, v2] = [{ version: 'v1' }, { version: 'v2' }]

/** A route that gives one request in ten to the canary: the last so many servers. */
function canary(canaries: number, servers: number, by: string): Nginx {
  return {
    http: (all) => `
      split_clients ${by} $pool { 10% canary; * replicas; }
      upstream canary {
        zone canary 64k;
        ${all
          .slice(-canaries)
          .map((server) => `server ${server};`)
          .join(' ')}
        keepalive 64;
      }`,
    parameters: Array.from({ length: servers }, (_, at) => (at < servers - canaries ? '' : 'down')),
    pool: '$pool',
  }
}

// A version at random, its replicas in turn; a few thousand requests do not always show that.
const split: Says = { order: ['weighted', 'cannot-tell'], pinning: ['not-pinned'] }
const right = ['--expect', 'weights=v1:90,v2:10']

/** Versions side by side, as a canary has them, and what replicas say of themselves. */
export const versions: Configuration<Nginx>[] = [
  {
    title: 'a split that gives each request to one of two pools',
    settings: canary(1, 3, '$request_id'),
    replicas: [v1, v1, v2],
    probe: ['-n', '3000', ...right],
    says: { ...split, balance: ['uneven'], versions: 'requests' },
  },
  {
    title: 'a split as of an HTTPRoute, with several replicas behind each',
    settings: canary(2, 6, '$request_id'),
    replicas: [v1, v1, v1, v1, v2, v2],
    probe: ['-n', '3000', ...right],
    says: { ...split, versions: 'requests' },
  },
  {
    title: 'a split that is not what was expected',
    settings: canary(1, 3, '$request_id'),
    replicas: [v1, v1, v2],
    probe: ['-n', '3000', '--expect', 'weights=v1:80,v2:20'],
    says: { ...split, versions: 'requests', exit: 1 },
  },
  {
    title: 'a split by connection, of which few are no sample',
    settings: canary(1, 3, '$connection'),
    replicas: [v1, v1, v2],
    probe: ['-n', '2000', ...right],
    says: { exit: 1 },
  },
  {
    title: 'a split by connection, over many',
    settings: canary(1, 3, '$connection'),
    replicas: [v1, v1, v2],
    probe: ['-n', '2000', '--connections', 'new', ...right],
    says: { versions: 'requests' },
  },
  {
    title: 'weights of 9 to 1',
    settings: { parameters: ['weight=9'] },
    replicas: [v1, v2],
    probe: ['-n', '1000', ...right],
    says: { balance: ['uneven'], versions: 'requests' },
  },
  {
    title: 'nine replicas to one',
    settings: {},
    replicas: [v1, v1, v1, v1, v1, v1, v1, v1, v1, v2],
    probe: ['-n', '1000', ...right],
    says: { balance: ['even'], order: ['round-robin'], versions: 'requests' },
  },
  {
    title: 'weights of 9 to 1 for connections, of which few are no sample',
    settings: { kind: 'stream', parameters: ['weight=9'] },
    replicas: [v1, v2],
    probe: ['-n', '1000', ...right],
    says: { exit: 1 },
  },
  {
    title: 'two of three replicas in the zone of the probe',
    settings: {},
    replicas: [{ zone: 'eu-1a' }, { zone: 'eu-1a' }, { zone: 'eu-1b' }],
    probe: ['--zone', 'eu-1a', '--expect', 'same-zone=66%'],
    says: { balance: ['even'] },
  },
  {
    title: 'one of three replicas in the zone of the probe',
    settings: {},
    replicas: [{ zone: 'eu-1a' }, { zone: 'eu-1b' }, { zone: 'eu-1b' }],
    probe: ['--zone', 'eu-1a', '--expect', 'same-zone=66%'],
    says: { balance: ['even'], exit: 1 },
  },
  {
    title: 'replicas that start when they are asked first',
    settings: {},
    replicas: Array.from({ length: 3 }, () => ({ start: 1000 })),
    probe: ['-c', '3'],
    says: { coldStarts: ['cold'] },
  },
]
