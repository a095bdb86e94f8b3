import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { startServer, type ServerProcess } from '../../adapters/node/spawn-server.ts'
import { startNginx } from '../balancers/nginx/nginx.ts'
import { startReplica } from '../balancers/replicas.ts'
import { startApiServer } from './api-server.ts'

const exitsAtOnce = fileURLToPath(new URL('exits-at-once.ts', import.meta.url))

/** How a replica behaves at SIGTERM, or that it never becomes ready. */
export type Behaviour = 'drains' | 'exits' | 'never ready'

/** Milliseconds until a balancer has learnt of a pod that was told to end, as an ingress may take. */
const lag = 1000
const replicas = 2

interface Pod {
  name: string
  process: ServerProcess
  address: string
}

async function startPod(name: string, behaviour: Behaviour): Promise<Pod> {
  if (behaviour !== 'exits') {
    // Longer than the balancer takes.
    const { address, ...process } = await startReplica(name, { DRAIN_DELAY: '2' })
    return { name, process, address }
  }
  const process = await startServer([exitsAtOnce], { REPLICA_NAME: name })
  return { name, process, address: new URL(process.url).host }
}

/**
 * A Deployment of two replicas, which are processes behind a real nginx: it replaces them one after
 * the other, in the order of events of Kubernetes, when kubectl restarts it.
 * @param behaviour of the new pods; the old ones drain, or exit, too
 * @param mayRestart whether kubectl has the right to
 * @returns where nginx is
 */
export async function startCluster(behaviour: Behaviour, mayRestart = true): Promise<string> {
  const restarted = () => {
    generation += 1
    say()
    void replaceAll()
  }
  const api = await startApiServer(mayRestart && restarted)
  let generation = 1
  let updated = replicas
  let available = replicas
  const pods: Pod[] = []

  const say = () => {
    const labels = { app: 'web' }
    api.put('deployments', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', generation },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web' }] } },
      },
      status: {
        observedGeneration: generation,
        replicas: pods.length,
        updatedReplicas: updated,
        availableReplicas: available,
        readyReplicas: available,
      },
    })
  }
  const sayPod = (name: string, state: 'created' | 'ready' | 'draining' | 'ended') => {
    const isReady = state === 'ready' || state === 'draining'
    const ending = state === 'draining' || state === 'ended'
    const containerState = state === 'ended' ? { terminated: { exitCode: 0 } } : { running: {} }
    api.put('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'shop',
        labels: { app: 'web' },
        ...(ending ? { deletionTimestamp: new Date().toISOString() } : {}),
      },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
        containerStatuses: state === 'created' ? [] : [{ name: 'web', state: containerState }],
      },
    })
  }

  for (const name of ['web-1-a', 'web-1-b']) {
    pods.push(await startPod(name, behaviour))
    sayPod(name, 'ready')
  }
  say()

  const directory = await mkdtemp(join(tmpdir(), 'upstream-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const file = join(directory, 'servers')
  // Every failure is to reach the client.
  const writeServers = () =>
    writeFile(file, pods.map(({ address }) => `server ${address} max_fails=0;\n`).join(''))
  await writeServers()
  const nginx = await startNginx([pods[0]?.address ?? ''], {
    http: `upstream live { include ${file}; keepalive 64; }`,
    pool: 'live',
    location: 'proxy_next_upstream off;',
  })
  const balance = async () => {
    await writeServers()
    process.kill(Number(await readFile(join(nginx.directory, 'nginx.pid'), 'utf8')), 'SIGHUP')
  }

  const replaceAll = async () => {
    updated = 0
    say()
    for (const name of ['web-2-a', 'web-2-b']) {
      sayPod(name, 'created')
      if (behaviour === 'never ready') return
      const pod = await startPod(name, behaviour)
      pods.push(pod)
      sayPod(name, 'ready')
      updated += 1
      say()
      await balance()
      await sleep(300)
      const old = pods.shift()
      if (old) void end(old)
      available = replicas
      say()
      await sleep(lag)
      await balance()
    }
  }
  const end = async ({ name, process: { child } }: Pod) => {
    sayPod(name, 'draining')
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    sayPod(name, 'ended')
    api.remove('pods', name)
  }
  return nginx.url
}
