import { type Configuration, inTurn, one } from '../configuration.ts'
import type { Haproxy } from './haproxy.ts'

const cookies: Haproxy = {
  lines: ['cookie replica insert indirect nocache'],
  parameters: ['cookie a', 'cookie b', 'cookie c'],
}

/** Where haproxy keeps something of a client with one replica, or gives out connections. */
export const affinity: Configuration<Haproxy>[] = [
  { title: 'source', settings: { balance: 'source' }, says: one },
  { title: 'uri', settings: { balance: 'uri', lines: ['hash-type consistent'] }, says: one },
  {
    title: 'a field that the client always sends',
    settings: { balance: 'hdr(X-Client)' },
    probe: ['-H', 'X-Client: 7'],
    says: one,
  },
  {
    title: 'uri, of many that differ',
    settings: { balance: 'uri', lines: ['hash-type map-based sdbm avalanche'] },
    // It goes by the path, which no served-by has so many of.
    replicas: [{}, {}, {}],
    probe: ['-n', '3000', '/items/{n}'],
    says: { order: ['random', 'weighted'], pinning: ['not-pinned'] },
  },
  {
    title: 'uri, of six that are asked again and again',
    settings: { balance: 'uri' },
    probe: ['/livez', '/readyz', '/version', '/whoami', '/openapi.json', '/ui'],
    says: { order: ['sticky'], balance: ['cannot-tell'], pinning: ['not-pinned'] },
  },
  {
    title: 'a field that differs',
    settings: { balance: 'hdr(X-Key)', lines: ['hash-type map-based sdbm avalanche'] },
    probe: ['-n', '3000', '-H', 'X-Key: {n}'],
    says: { order: ['random', 'weighted'], pinning: ['not-pinned'] },
  },
  {
    title: 'a field that differs, by a hash that deals consecutive numbers out in turn',
    settings: { balance: 'hdr(X-Key)' },
    probe: ['-n', '3000', '-H', 'X-Key: {n}'],
    says: { order: ['cannot-tell'], pinning: ['not-pinned'] },
  },
  {
    title: 'a cookie, for a client that keeps none',
    settings: cookies,
    says: inTurn,
  },
  {
    title: 'a cookie, for a client that always sends one',
    settings: cookies,
    probe: ['-H', 'Cookie: replica=b'],
    says: one,
  },
  {
    title: 'a cookie, for clients that keep it',
    settings: cookies,
    probe: ['--cookies', '30'],
    says: { order: ['sticky'], affinity: ['cookie'] },
  },
  {
    title: 'a cookie, over kept and new connections',
    settings: cookies,
    probe: ['--cookies', '30', '--connections', 'both'],
    says: { order: ['sticky'], pinning: ['not-pinned'], affinity: ['cookie'] },
  },
  {
    title: 'no cookie, for clients that would keep it',
    settings: {},
    probe: ['--cookies', '30'],
    says: { ...inTurn, affinity: ['none'] },
  },
  {
    title: 'connections in turn, kept and new ones',
    settings: { mode: 'tcp' },
    probe: ['-n', '2000', '--connections', 'both'],
    says: { balance: ['even'], order: ['sticky'], pinning: ['pinned'] },
  },
  {
    title: 'connections in turn, new ones only',
    settings: { mode: 'tcp' },
    probe: ['--connections', 'new'],
    says: { balance: ['even'], order: ['round-robin'], pinning: ['cannot-tell'] },
  },
  {
    title: 'connections by the address',
    settings: { mode: 'tcp', balance: 'source' },
    probe: ['--connections', 'both'],
    says: one,
  },
]
