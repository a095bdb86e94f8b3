import { setTimeout } from 'node:timers/promises'
import * as v from 'valibot'
import { type Replica, startReplica } from '../replica.ts'
import { type Balancer, startBalancer } from './balancer.ts'
import { sendLoad } from './load.ts'

// make rollout: two replicas (processes of the production bundle) behind a real nginx are replaced
// one after the other under load, in the order of events of a Kubernetes rollout.

const replacements = 20
const requests = 36_000
const rate = 500
/** Milliseconds from one replacement to the next, at least. */
const pace = 3000
/** Milliseconds from SIGTERM to the moment in which the balancer knows of it. */
const lag = 1000

const drained = v.object({
  msg: v.literal('drained'),
  requests: v.number(),
  lastRequestAfter: v.number(),
  fittingDrainDelay: v.number(),
})

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** The new replica becomes ready and joins; the old one is told to end, and leaves only later. */
async function replace(balancer: Balancer, replicas: Replica[], number: number): Promise<Replica> {
  const addresses = () => replicas.map(({ address }) => address)
  replicas.push(await startReplica(`replica-${number}`))
  await balancer.balance(addresses())
  const [old] = replicas
  if (!old) throw new RangeError('There is no replica to replace.')
  // Until nginx has read its new configuration. Kubernetes waits for minReadySeconds.
  await setTimeout(300)
  old.process.kill('SIGTERM')
  await setTimeout(lag)
  replicas.shift()
  await balancer.balance(addresses())
  return old
}

/** Waits for a replica's end and gives the drain delay that its last log line names, in seconds. */
async function readDrain({ name, ended }: Replica): Promise<number> {
  const { code, lastLine } = await ended
  if (code !== 0) throw new Error(`${name} ended with exit code ${code}: ${lastLine}`)
  return v.parse(drained, JSON.parse(lastLine)).fittingDrainDelay
}

const replicas = [await startReplica('replica-1'), await startReplica('replica-2')]
const balancer = await startBalancer(replicas.map(({ address }) => address))
try {
  const load = sendLoad(balancer.url, requests, rate)
  const replaced: Replica[] = []
  for (let i = 1; i <= replacements; i += 1) {
    const [old] = await Promise.all([replace(balancer, replicas, i + 2), setTimeout(pace)])
    replaced.push(old)
    print(`replaced ${i} of ${replacements}`)
  }
  const isLoaded = await Promise.race([load.then(() => false), Promise.resolve(true)])
  if (!isLoaded) throw new Error('The load ended before the last replacement did.')
  const { balance, failures, latency } = await load
  const delays = await Promise.all(replaced.map(readDrain))

  print(`sent      ${failures.requests} requests at ${rate} per second`)
  print(
    `answered  ${failures.requests - failures.failures}, by ${balance.replicas.length} replicas`,
  )
  print(`failed    ${failures.failures}`)
  print(`slowest   ${latency.latency.max.toFixed(1)} ms`)
  if (failures.failures > 0) print(failures.sentence)
  else print(`A DRAIN_DELAY of ${Math.max(...delays)} seconds would have been enough.`)
  process.exitCode = failures.failures === 0 && failures.requests === requests ? 0 : 1
} finally {
  await balancer.stop()
  for (const { process: left } of replicas) left.kill('SIGKILL')
}
