import { type Configuration, inTurn, leastConnections } from '../configuration.ts'
import type { Nginx } from './nginx.ts'

/** Milliseconds that answers take where they take unequally long. */
const unequal = { delay: () => Math.random() * 20 }

/** How nginx deals out requests. */
export const turns: Configuration<Nginx>[] = [
  { title: 'round robin', settings: {}, says: inTurn },
  {
    title: 'round robin by two workers',
    settings: { workers: 2 },
    probe: ['-n', '3000'],
    says: inTurn,
  },
  {
    title: 'round robin by four workers',
    settings: { workers: 4 },
    probe: ['-n', '5000', '-c', '32'],
    says: inTurn,
  },
  {
    title: 'round robin, one request at a time',
    settings: {},
    probe: ['-n', '300', '-c', '1'],
    says: inTurn,
  },
  { title: 'round robin over 64 connections', settings: {}, probe: ['-c', '64'], says: inTurn },
  {
    title: 'round robin without kept connections to the replicas',
    settings: { keepalive: 0 },
    says: inTurn,
  },
  {
    title: 'round robin, a new connection for each request',
    settings: {},
    probe: ['--connections', 'new'],
    says: { ...inTurn, pinning: ['cannot-tell'] },
  },
  {
    title: 'round robin over two, kept and new connections in turn',
    settings: {},
    replicas: ['served-by', 'served-by'],
    probe: ['--connections', 'both', '-c', '1'],
    says: inTurn,
  },
  {
    title: 'round robin with as many in flight as a multiple of the replicas',
    settings: {},
    replicas: Array.from({ length: 3 }, () => ({ delay: () => 20 })),
    probe: ['-r', '100', '-n', '600'],
    // Three connections of which one is idle can stay in step: then it cannot be told, and is not pinned.
    says: {
      balance: ['even', 'cannot-tell'],
      order: ['round-robin', 'cannot-tell'],
      pinning: ['not-pinned', 'cannot-tell'],
    },
  },
  {
    // Two at a time, of 20 ms each, are 100 a second.
    title: 'round robin to replicas that cannot keep up with the rate',
    settings: {},
    replicas: Array.from({ length: 3 }, () => ({ delay: () => 20 })),
    // None is given up on a busy machine: nginx would count it.
    probe: ['-r', '1000', '-n', '300', '-c', '2', '--timeout', '60s'],
    says: { balance: ['even'], order: ['round-robin'], pace: ['target'] },
  },
  {
    title: 'weights of 3 to 1',
    settings: { parameters: ['weight=3'] },
    replicas: ['served-by', 'served-by'],
    probe: ['-n', '3000'],
    says: { balance: ['uneven'], order: ['weighted'], weights: [3, 1] },
  },
  {
    title: 'weights of 5 to 3 to 1',
    settings: { parameters: ['weight=5', 'weight=3'] },
    probe: ['-n', '3000'],
    says: { balance: ['uneven'], order: ['weighted'], weights: [5, 3, 1] },
  },
  {
    title: 'random',
    settings: { method: 'random;' },
    probe: ['-n', '3000'],
    says: { balance: ['even'], order: ['random'], pinning: ['not-pinned'] },
  },
  {
    title: 'the better of two at random',
    settings: { method: 'random two least_conn;' },
    replicas: [unequal, unequal, unequal, unequal],
    probe: ['-n', '3000', '-c', '8'],
    // It lies between the two.
    says: { balance: ['even'], order: [...leastConnections, 'random'] },
  },
  {
    title: 'least connections',
    settings: { method: 'least_conn;' },
    replicas: [unequal, unequal, unequal],
    probe: ['-n', '3000', '-c', '8'],
    says: { balance: ['even'], order: leastConnections },
  },
  {
    title: 'least connections with one slow replica',
    settings: { method: 'least_conn;' },
    replicas: [{ delay: () => 5 }, { delay: () => 5 }, { delay: () => 50 }],
    probe: ['-n', '2000'],
    says: { balance: ['uneven'], order: leastConnections, finds: ['slow'] },
  },
  {
    title: 'a spare that is not needed',
    settings: { parameters: ['', '', 'backup'] },
    says: inTurn,
  },
]
