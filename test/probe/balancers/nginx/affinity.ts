import { type Configuration, inTurn, one } from '../configuration.ts'
import type { Nginx } from './nginx.ts'

/** Where nginx keeps something of a client with one replica, or gives out connections. */
export const affinity: Configuration<Nginx>[] = [
  { title: 'ip_hash', settings: { method: 'ip_hash;' }, says: one },
  {
    title: 'ip_hash, where nothing is learnt of what is expected',
    settings: { method: 'ip_hash;' },
    probe: ['--expect', 'sticky'],
    says: { ...one, exit: 1 },
  },
  { title: 'a hash of the URI', settings: { method: 'hash $request_uri;' }, says: one },
  {
    title: 'a consistent hash of the address',
    settings: { method: 'hash $remote_addr consistent;' },
    says: one,
  },
  {
    title: 'a hash of a cookie that the client always sends',
    settings: { method: 'hash $cookie_session;' },
    probe: ['-H', 'Cookie: session=7'],
    says: one,
  },
  {
    title: 'a hash of something new in each request',
    settings: { method: 'hash $request_id;' },
    probe: ['-n', '3000'],
    says: { balance: ['even'], order: ['random'], pinning: ['not-pinned'] },
  },
  {
    title: 'a consistent hash of the URI, of many that differ',
    settings: { method: 'hash $request_uri consistent;' },
    probe: ['-n', '3000', '/?item={n}'],
    // The arcs of the ring differ by about a tenth, and each port makes another ring: on some the
    // consecutive numbers look dealt out, and no order is the honest answer then.
    says: { order: ['random', 'weighted', 'cannot-tell'], pinning: ['not-pinned'] },
  },
  {
    title: 'a consistent hash of the URI, of six that are asked again and again',
    settings: { method: 'hash $request_uri consistent;' },
    probe: ['/livez', '/readyz', '/version', '/whoami', '/openapi.json', '/ui'],
    says: { order: ['sticky'], balance: ['cannot-tell'], pinning: ['not-pinned'] },
  },
  {
    title: 'round robin, whichever of six URIs is asked',
    settings: {},
    probe: ['/livez', '/readyz', '/version', '/whoami', '/openapi.json', '/ui'],
    says: inTurn,
  },
  {
    title: 'connections in turn, kept and new ones',
    settings: { kind: 'stream' },
    probe: ['-n', '2000', '--connections', 'both'],
    says: { balance: ['even'], order: ['sticky'], pinning: ['pinned'] },
  },
  {
    title: 'connections in turn, new ones only',
    settings: { kind: 'stream' },
    probe: ['--connections', 'new'],
    says: { balance: ['even'], order: ['round-robin'], pinning: ['cannot-tell'] },
  },
  {
    title: 'connections in turn, one kept connection',
    settings: { kind: 'stream' },
    probe: ['-c', '1'],
    says: one,
  },
  {
    title: 'connections at random',
    settings: { kind: 'stream', method: 'random;' },
    probe: ['--connections', 'new', '-n', '3000'],
    says: { balance: ['even'], order: ['random'], pinning: ['cannot-tell'] },
  },
  {
    title: 'connections by a hash of the address',
    settings: { kind: 'stream', method: 'hash $remote_addr;' },
    probe: ['--connections', 'both'],
    says: one,
  },
]
