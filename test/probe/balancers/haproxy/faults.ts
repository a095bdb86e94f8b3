import { type Configuration, inTurn } from '../configuration.ts'
import type { Haproxy } from './haproxy.ts'

/** Replicas that are down, slow or failing, and what haproxy makes of it. */
export const faults: Configuration<Haproxy>[] = [
  {
    title: 'one of three is down, and others are asked instead',
    settings: { lines: ['option redispatch 1', 'retries 2'] },
    replicas: ['served-by', 'served-by', 'down'],
    probe: ['-n', '300'],
    says: { balance: ['even'], pinning: ['not-pinned'] },
  },
  {
    title: 'one of three is down, and its health checks say so',
    settings: {
      lines: ['option redispatch 1'],
      parameters: ['', '', 'check inter 100ms fall 1'],
    },
    replicas: ['served-by', 'served-by', 'down'],
    says: inTurn,
  },
  {
    title: 'one of three is down, and nobody is asked instead',
    settings: { lines: ['retries 0'] },
    replicas: ['served-by', 'served-by', 'down'],
    probe: ['-n', '300', '--max-failures', '0'],
    says: { finds: ['lost'], failed: [503], exit: 1 },
  },
  {
    title: 'all are down',
    settings: { lines: ['retries 0'] },
    replicas: ['down', 'down'],
    probe: ['-n', '50', '--max-failures', '0'],
    says: { finds: ['lost'], failed: [503], exit: 1 },
  },
  {
    title: 'one fails one request in twenty',
    settings: {},
    replicas: ['served-by', 'served-by', { failEvery: 20 }],
    probe: ['-n', '1200', '--max-failures', '0'],
    says: { ...inTurn, finds: ['lost'], failed: [503], exit: 1 },
  },
  {
    title: 'one fails one request in twenty, and is asked again',
    settings: { lines: ['retry-on 503', 'option redispatch 1'] },
    replicas: ['served-by', 'served-by', { failEvery: 20 }],
    probe: ['-n', '1200'],
    says: { balance: ['even'], pinning: ['not-pinned'] },
  },
  {
    title: 'one is 50 ms slower',
    settings: {},
    replicas: ['served-by', 'served-by', { delay: () => 50 }],
    says: { ...inTurn, finds: ['slow'] },
  },
  {
    title: 'one takes longer than haproxy waits',
    settings: { lines: ['timeout server 200ms', 'retries 0'] },
    replicas: ['served-by', 'served-by', { delay: () => 1000 }],
    probe: ['-n', '90', '--max-failures', '0'],
    says: { finds: ['lost'], failed: [504], exit: 1 },
  },
]
