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
