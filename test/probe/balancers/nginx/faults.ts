import { type Configuration, inTurn } from '../configuration.ts'
import type { Nginx } from './nginx.ts'

/** Replicas that are down, slow or failing, and what nginx makes of it. */
export const faults: Configuration<Nginx>[] = [
  {
    title: 'one of three is down, and others are asked instead',
    settings: {},
    replicas: ['served-by', 'served-by', 'down'],
    says: inTurn,
  },
  {
    title: 'one of three is down, and nobody is asked instead',
    settings: {
      parameters: ['', '', 'max_fails=0'],
      location: 'proxy_next_upstream off;',
    },
    replicas: ['served-by', 'served-by', 'down'],
    probe: ['--max-failures', '0'],
    says: { finds: ['lost'], failed: [502], exit: 1 },
  },
  {
    title: 'all are down',
    settings: {},
    replicas: ['down', 'down'],
    probe: ['-n', '50', '--max-failures', '0'],
    says: { finds: ['lost'], failed: [502], exit: 1 },
  },
  {
    title: 'one fails one request in twenty',
    settings: {},
    replicas: ['served-by', 'served-by', { failEvery: 20 }],
    probe: ['-n', '1200', '--max-failures', '0'],
    says: { ...inTurn, finds: ['lost'], failed: [503], exit: 1 },
  },
  {
    title: 'one fails one request in twenty, and others are asked instead',
    settings: { location: 'proxy_next_upstream http_503;', parameters: ['', '', 'max_fails=0'] },
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
    title: 'one takes longer than nginx waits',
    settings: {
      parameters: ['', '', 'max_fails=0'],
      location: 'proxy_read_timeout 200ms; proxy_next_upstream off;',
    },
    replicas: ['served-by', 'served-by', { delay: () => 1000 }],
    probe: ['-n', '90', '--max-failures', '0'],
    says: { finds: ['lost'], failed: [504], exit: 1 },
  },
]
