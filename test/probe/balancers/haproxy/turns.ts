import { type Configuration, inTurn, leastConnections } from '../configuration.ts'
import type { Haproxy } from './haproxy.ts'

/** Milliseconds that answers take where they take unequally long. */
const unequal = { delay: () => Math.random() * 20 }

/** How haproxy deals out requests. */
export const turns: Configuration<Haproxy>[] = [
  { title: 'roundrobin', settings: {}, says: inTurn },
  { title: 'roundrobin by two threads', settings: { threads: 2 }, says: inTurn },
  { title: 'static-rr', settings: { balance: 'static-rr' }, says: inTurn },
  {
    title: 'roundrobin without kept connections to the replicas',
    settings: { lines: ['option httpclose'] },
    says: { ...inTurn, pinning: ['cannot-tell'] },
  },
  {
    title: 'roundrobin with connections that clients share',
    settings: { lines: ['http-reuse always'] },
    says: inTurn,
  },
  {
    title: 'roundrobin to replicas that take one request at a time',
    settings: { parameters: ['maxconn 1', 'maxconn 1', 'maxconn 1'] },
    // What waits goes to whichever replica is free first: on a busy machine, not to all alike.
    says: { balance: ['even', 'uneven'], pinning: ['not-pinned'] },
  },
  {
    title: 'weights of 3 to 1',
    settings: { parameters: ['weight 3', 'weight 1'] },
    replicas: ['served-by', 'served-by'],
    probe: ['-n', '3000'],
    says: { balance: ['uneven'], order: ['weighted'], weights: [3, 1] },
  },
  {
    title: 'weights of 90 to 10, of which the smaller is a canary',
    settings: { parameters: ['weight 90', 'weight 10'] },
    replicas: [{ version: 'v1' }, { version: 'v2' }],
    probe: ['-n', '1000', '--expect', 'weights=v1:90,v2:10', '--expect', 'weights=a:9,b:1'],
    says: { balance: ['uneven'], versions: 'requests' },
  },
  {
    // haproxy draws a point on a ring, on which three servers have parts of unequal length.
    title: 'random, on the ring of a consistent hash',
    settings: { balance: 'random(1)' },
    probe: ['-n', '3000', '-c', '1'],
    says: { balance: ['uneven'], order: ['weighted'], pinning: ['not-pinned'] },
  },
  {
    title: 'random, with so many points on the ring that parts are nearly equal',
    settings: { balance: 'random(1)', parameters: ['weight 256', 'weight 256', 'weight 256'] },
    probe: ['-n', '3000', '-c', '1'],
    says: { balance: ['even'], order: ['random'], pinning: ['not-pinned'] },
  },
  {
    title: 'leastconn',
    settings: { balance: 'leastconn' },
    replicas: [unequal, unequal, unequal],
    probe: ['-n', '3000', '-c', '8'],
    says: { balance: ['even'], order: leastConnections },
  },
  {
    title: 'leastconn with one slow replica',
    settings: { balance: 'leastconn' },
    replicas: [{ delay: () => 5 }, { delay: () => 5 }, { delay: () => 50 }],
    probe: ['-n', '2000'],
    says: { balance: ['uneven'], order: leastConnections, finds: ['slow'] },
  },
  {
    title: 'first',
    settings: { balance: 'first', parameters: ['maxconn 4', 'maxconn 4', 'maxconn 4'] },
    replicas: [{ delay: () => 5 }, { delay: () => 5 }, { delay: () => 5 }],
    probe: ['-n', '2000'],
    // It has no name of its own, and is nothing that has one.
    says: { balance: ['uneven'], order: ['uneven', 'cannot-tell'] },
  },
]
