import { setTimeout as sleep } from 'node:timers/promises'
import { EventSource } from 'undici'
import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { startBalancer } from '../../../bench/rollout/balancer.ts'
import { startReplica } from '../../probe/balancers/replicas.ts'

const clients = 20
/** Seconds. */
const interval = 0.1
/** For hangs only. */
const waiting = { timeout: 60_000, interval: 50 }

const message = v.object({
  data: v.pipe(
    v.string(),
    v.parseJson(),
    v.object({ timestamp: v.number(), hostname: v.string() }),
  ),
  lastEventId: v.pipe(v.string(), v.regex(/^b[0-9a-f]{8}-\d+$/)),
})

/** An event as the client got it. */
interface Told {
  /** Unix seconds, by the replica's clock, which all of them share here. */
  readonly time: number
  readonly replica: string
  /** The how-manieth of its stream. */
  readonly ordinal: number
  readonly draining: boolean
}

/** Follows the events as a browser does: what is no stream of events ends it for good. */
function follow(url: string) {
  const told: Told[] = []
  const source = new EventSource(`${url}events?interval=${interval}`)
  onTestFinished(() => {
    source.close()
  })
  const listen = (draining: boolean) => (event: unknown) => {
    const { data, lastEventId } = v.parse(message, event)
    const { timestamp: time, hostname: replica } = data
    told.push({ time, replica, ordinal: Number(lastEventId.split('-')[1]), draining })
  }
  source.addEventListener('message', listen(false))
  source.addEventListener('draining', listen(true))
  return {
    told,
    /** Of its streams, in this order, what they said. */
    streams: () => {
      const streams: Told[][] = []
      for (const one of told) {
        if (one.ordinal === 1) streams.push([])
        streams.at(-1)?.push(one)
      }
      return streams
    },
    isOver: () => source.readyState === EventSource.CLOSED,
  }
}

/** Who answers at the moment, on a connection of its own. */
async function answering(url: string): Promise<string> {
  const response = await fetch(url, { headers: { Connection: 'close' } })
  return v.parse(v.object({ hostname: v.string() }), await response.json()).hostname
}

test('in a rollout behind nginx every stream of events goes on elsewhere', async () => {
  // Ample, so that nginx has forgotten a replica when its streams end.
  const start = (name: string) => startReplica(name, { DRAIN_DELAY: '3' })
  let replicas = await Promise.all(['old-1', 'old-2', 'old-3'].map(start))
  const addresses = () => replicas.map(({ address }) => address)
  const balancer = await startBalancer(addresses())
  onTestFinished(() => balancer.stop())
  const sources = Array.from({ length: clients }, () => follow(balancer.url))
  await expect.poll(() => sources.every(({ told }) => told.length > 2), waiting).toBe(true)

  for (const number of [1, 2, 3]) {
    const replacement = `new-${number}`
    replicas.push(await start(replacement))
    await balancer.balance(addresses())
    await expect.poll(() => answering(balancer.url), waiting).toBe(replacement)
    const [old, ...rest] = replicas
    old?.child.kill('SIGTERM')
    await sleep(500)
    replicas = rest
    await balancer.balance(addresses())
    expect(await old?.ended).toMatchObject({ code: 0 })
    // Each client is where nobody drains.
    const there = ({ told }: (typeof sources)[number]) =>
      told.at(-1)?.replica !== `old-${number}` && told.at(-1)?.draining === false
    await expect.poll(() => sources.every(there), waiting).toBe(true)
  }

  expect(sources.some(({ isOver }) => isOver())).toBe(false)
  const followed = sources.map(({ streams }) => streams())
  for (const streams of followed) {
    for (const stream of streams) {
      expect(stream.map(({ ordinal }) => ordinal)).toEqual(stream.map((_, index) => index + 1))
    }
    // Each stream but the last was told once that it ends.
    const sentAway = streams.map((stream) => stream.filter(({ draining }) => draining).length)
    expect(sentAway).toEqual([...streams.slice(1).map(() => 1), 0])
    // Nobody came back to a replica that had sent it away.
    const inTurn = streams.map(([first]) => first?.replica)
    expect(new Set(inTurn).size).toBe(inTurn.length)
    expect(inTurn.at(-1)).toMatch(/^new-/)
  }
  const gaps = followed
    .flatMap((streams) => streams.slice(1).map((next, index) => gap(streams[index] ?? [], next)))
    .sort((a, b) => a - b)
  expect(gaps.length).toBeGreaterThanOrEqual(clients)
  // Half of them, since some may wait for a processor that is busy.
  expect(gaps[Math.floor(gaps.length / 2)]).toBeLessThan(1 + interval)
})

/** Seconds from the last event of a stream to the first one of the next. */
function gap(stream: readonly Told[], next: readonly Told[]): number {
  return (next[0]?.time ?? Infinity) - (stream.at(-1)?.time ?? 0)
}
