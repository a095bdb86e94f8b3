import { describe, expect, test } from 'vitest'
import type { Observation } from '../../src/measure/observation.ts'
import { mergeTallies } from '../../src/measure/tally.ts'
import { judge } from '../../src/measure/verdicts.ts'
import { leastConnections, roundRobin } from './balancers.ts'
import type { Balancer } from './balancers.ts'
import { answered, tallyOf } from './observations.ts'
import { seeded } from './random.ts'
import { simulate, start } from './simulation.ts'

/* What the probe once said wrongly of a healthy or a dead target; the numbers are those of issue 18. */

/** So many requests, one every `every` ms, each with what differs. */
function requests(
  count: number,
  every: number,
  differ: (index: number) => Partial<Observation>,
): Observation[] {
  return Array.from({ length: count }, (_, index) => {
    const due = start + index * every
    return answered({ index, due, sent: due, done: due + 5, ...differ(index) })
  })
}

describe('1: a response is not a success because it is complete', () => {
  const all = (different: Partial<Observation>) =>
    judge(tallyOf(requests(100, 10, () => different)))

  test('every answer a 404: the target is wrong, and that comes first', () => {
    const { decision, failures, target } = all({
      outcome: 'client-error',
      status: 404,
      replica: undefined,
    })
    expect(target).toMatchObject({ verdict: 'wrong', status: 404 })
    expect(failures.failures).toBe(100)
    expect(decision.findings[0]).toBe('wrong-target')
  })

  test('every answer a redirect: it says where to', () => {
    const location = 'https://app.example/'
    const { target, statuses } = all({ outcome: 'redirect', status: 302, location })
    expect(target).toMatchObject({ verdict: 'wrong', location })
    expect(statuses.locations).toEqual([{ location, count: 100 }])
  })

  test('a limiter that rejects 96 % loses requests', () => {
    const { decision, statuses } = judge(
      tallyOf(
        requests(100, 10, (index) =>
          index % 25 === 0 ? {} : { outcome: 'client-error', status: 429, replica: undefined },
        ),
      ),
    )
    expect(decision.findings).toEqual(['lost'])
    expect(decision.sentence).toMatch(/^Not fine: 96 of 100 lost \(429\)/)
    expect(statuses.statuses).toEqual([
      { status: 429, count: 96 },
      { status: 200, count: 4 },
    ])
  })
})

test('2: connections in step with a fair round robin are not called pinned', () => {
  // Six in flight, three replicas: each connection comes round to the same replica for ever.
  const { pinning, order } = judge(
    tallyOf(
      requests(1500, 10, (index) => ({ connection: index % 6, replica: `web-${index % 3}` })),
    ),
  )
  expect(pinning.verdict).toBe('cannot-tell')
  expect(order.verdict).not.toBe('sticky')
})

test('2: nor are connections in step with weights', () => {
  // Two to one is A B A, and three connections come round to where they were.
  const { pinning, order } = judge(
    tallyOf(
      requests(1500, 10, (index) => ({
        connection: index % 3,
        replica: `web-${index % 3 === 1 ? 1 : 0}`,
      })),
    ),
  )
  expect(pinning.verdict).toBe('cannot-tell')
  expect(order.verdict).not.toBe('sticky')
})

test('2: pinned connections in any order are', () => {
  const draw = seeded(1)
  const { pinning } = judge(
    tallyOf(
      requests(1500, 10, () => {
        const connection = Math.floor(6 * draw())
        return { connection, replica: `web-${connection % 3}` }
      }),
    ),
  )
  expect(pinning.verdict).toBe('pinned')
})

test('3: answers in bursts are no change of the replicas', () => {
  // Asked for in turn; but web-0 gives its answers all at once, every two seconds.
  const sent = requests(3000, 2, (index) => {
    const due = start + index * 2
    const replica = `web-${index % 3}`
    return {
      replica,
      connection: index % 64,
      done: replica === 'web-0' ? start + Math.ceil((due - start + 1) / 2000) * 2000 : due + 3,
    }
  })
  const { changes, failures } = judge(tallyOf(sent.toSorted((a, b) => a.done - b.done)))
  expect(changes.verdict).toBe('none')
  expect(failures.absences).toEqual([])
})

test('3: a replica so slow that thousands overtake each of its answers is there all the time', () => {
  const sent = requests(30_000, 0.1, (index) => {
    const due = start + index * 0.1
    const slow = index % 20 === 0
    return { replica: `web-${index % 20}`, connection: index, done: due + (slow ? 600 : 1) }
  })
  const { changes, slow } = judge(tallyOf(sent.toSorted((a, b) => a.done - b.done)))
  expect(changes.verdict).toBe('none')
  expect(slow.replicas).toMatchObject([{ replica: 'web-0' }])
})

test('3: replicas that are needed only as load comes up have not come', () => {
  // Answers take 100 ms, so that 50 are in flight; the first two replicas have 16 places each, and
  // after the first 50 any place may be the one that is free.
  const draw = seeded(6)
  const { changes } = judge(
    tallyOf(
      requests(400, 2, (index) => {
        const due = start + index * 2
        const place = index < 50 ? index : 50 * draw()
        const replica = `web-${Math.min(2, Math.floor(place / 16))}`
        return { replica, connection: index, done: due + 100 }
      }),
    ),
  )
  expect(changes.verdict).toBe('none')
})

test('4: a strict round robin from which a replica goes and to which it comes back', () => {
  // A rollout: one at a time is away for a while, and the others take their turns without it.
  const orders = Array.from({ length: 8 }, (_, seed) => {
    const turn = roundRobin(3)
    let next = 0
    const balancer: Balancer = (worker, connection, inFlight) => {
      next += 1
      const away = next > 400 && next < 1600 ? Math.floor((next - 400) / 400) : undefined
      const chosen = turn(worker, connection, inFlight)
      return chosen === away ? turn(worker, connection, inFlight) : chosen
    }
    const run = { balancer, replicas: 3, draw: seeded(seed), concurrency: 10, requests: 3000 }
    return judge(tallyOf(simulate(run))).order.verdict
  })
  expect(orders).not.toContain('least-connections')
})

describe('5: uneven is not weighted', () => {
  test.each([
    [
      'one slow replica',
      12,
      (replica: number, draw: () => number) => (replica === 1 ? 60 : 2 + draw()),
    ],
    ['sub-millisecond ones', 2, (_replica: number, draw: () => number) => 0.1 + 0.3 * draw()],
  ])('least connections with %s', (_name, concurrency, serviceTime) => {
    const orders = Array.from({ length: 8 }, (_, seed) => {
      const balancer = leastConnections(3)
      const run = { balancer, replicas: 3, draw: seeded(seed), concurrency, serviceTime }
      return judge(tallyOf(simulate({ ...run, requests: 2000 }))).order.verdict
    })
    expect(orders).not.toContain('weighted')
  })

  test('the first one that has a place', () => {
    const first: Balancer = (_worker, _connection, inFlight) =>
      inFlight.findIndex((some) => some < 4)
    const orders = Array.from({ length: 8 }, (_, seed) => {
      const run = { balancer: first, replicas: 3, draw: seeded(seed), concurrency: 10 }
      return judge(tallyOf(simulate({ ...run, requests: 2000 }))).order.verdict
    })
    expect(orders).not.toContain('weighted')
  })

  test('places that fill up one replica after the other, over and over', () => {
    const { order, balance } = judge(
      tallyOf(requests(2000, 1, (index) => ({ replica: `web-${'0000111122'[index % 10]}` }))),
    )
    expect(balance.verdict).toBe('uneven')
    expect(order.verdict).toBe('cannot-tell')
  })

  test('a replica that leaves while it still has a slow request to answer', () => {
    const orders = Array.from({ length: 8 }, (_, seed) => {
      const draw = seeded(seed)
      let chosen = 0
      const balancer: Balancer = () => Math.floor((++chosen > 1200 ? 2 : 3) * draw())
      const serviceTime = () => (draw() < 0.9 ? 1 : 60)
      const run = { balancer, replicas: 3, draw, concurrency: 40, serviceTime }
      return judge(tallyOf(simulate({ ...run, requests: 2000 }))).order.verdict
    })
    expect(new Set(orders)).toEqual(new Set(['random']))
  })
})

test('the better of two random choices is no round robin, however even the answers', () => {
  const orders = Array.from({ length: 8 }, (_, seed) => {
    const draw = seeded(seed)
    const any = () => Math.floor(20 * draw())
    const balancer: Balancer = (_worker, _connection, inFlight) => {
      const [a, b] = [any(), any()]
      return (inFlight[a] ?? 0) <= (inFlight[b] ?? 0) ? a : b
    }
    const run = { balancer, replicas: 20, draw, concurrency: 30, serviceTime: () => 2 }
    return judge(tallyOf(simulate({ ...run, requests: 8000 }))).order.verdict
  })
  expect(orders).not.toContain('round-robin')
})

test.each([
  ['of ten requests one to a canary of two', 0.1, 2, 4],
  ['of ten requests three to a canary of two', 0.3, 2, 3],
  ['half of the requests', 0.5, 3, 3],
])(
  'a route that splits at random, turns within each pool: %s',
  (_name, share, canaries, stable) => {
    // Whoever was asked longest ago is often idle, and the pools' shares vary by chance.
    const orders = Array.from({ length: 40 }, (_, seed) => {
      const draw = seeded(seed)
      const [ofCanary, ofStable] = [roundRobin(canaries), roundRobin(stable)]
      const balancer: Balancer = (...asked) =>
        draw() < share ? stable + ofCanary(...asked) : ofStable(...asked)
      const serviceTime = () => 0.5 + 0.3 * draw()
      const run = { balancer, replicas: canaries + stable, draw, concurrency: 10, serviceTime }
      const versioned = simulate({ ...run, requests: 3000 }).map((one) => {
        const isStable = Number(one.replica?.slice('web-'.length)) < stable
        return { ...one, version: isStable ? 'v1' : 'v2' }
      })
      return judge(tallyOf(versioned)).order
    })
    expect(orders.map(({ verdict }) => verdict)).not.toContain('least-connections')
    const named = orders.filter(({ sentence }) => sentence.includes('its replicas in turn'))
    expect(named.length).toBeGreaterThan(orders.length / 2)
  },
)

test('6: kept and new connections in step with two replicas', () => {
  const { order, balance, pinning } = judge(
    tallyOf(
      requests(1000, 10, (index) => ({
        mode: index % 2 === 0 ? 'reuse' : 'new',
        connection: index % 2 === 0 ? 0 : index,
        replica: `web-${index % 2}`,
      })),
    ),
  )
  expect(balance).toMatchObject({ verdict: 'even', unit: 'requests' })
  expect(order.verdict).toBe('round-robin')
  expect(pinning.verdict).toBe('cannot-tell')
  expect(pinning.sentence).not.toContain('one replica')
})

describe('7: one replica answered, and there may be others', () => {
  const told = (differ: (index: number) => Partial<Observation>) =>
    judge(tallyOf(requests(100, 10, differ))).order

  test('over one connection: the balancer may deal out connections', () => {
    const { verdict, sentence } = told(() => ({ connection: 1 }))
    expect(verdict).toBe('one-replica')
    expect(sentence).toMatch(/one connection.*deals out connections.*--connections both/)
    expect(sentence).not.toMatch(/no other/)
  })

  test('over a few: by chance they may be at the same', () => {
    expect(told((index) => ({ connection: index % 4 })).sentence).toMatch(
      /4 connections.*--connections both/,
    )
  })

  test('over many: it may go by the address, and more connections tell nothing', () => {
    const { sentence } = told((index) => ({ mode: 'new', connection: index }))
    expect(sentence).toMatch(/100 connections.*another machine/)
    expect(sentence).not.toContain('--connections')
  })

  test('over many, with one cookie jar: other clients may reach others', () => {
    const { sentence } = told((index) => ({ mode: 'new', connection: index, jar: 0 }))
    expect(sentence).toMatch(/--cookies 20/)
  })
})

test('8: answers out of a cache are a verdict of their own, and no shares', () => {
  const { cache, balance, clocks, decision } = judge(
    tallyOf(
      requests(300, 100, (index) => ({
        replica: 'web-1',
        boot: 'a',
        // A new one every second.
        n: Math.floor(index / 10),
        timestamp: (start + Math.floor(index / 10) * 1000) / 1000,
      })),
    ),
  )
  expect(cache).toMatchObject({ verdict: 'cached', cached: 270, numbered: 300 })
  expect(balance.replicas).toMatchObject([{ answers: 30 }])
  expect(clocks.replicas).toEqual([])
  expect(decision.findings).toEqual(['cached'])
})

describe('10: asked and achieved, and whose fault the difference is', () => {
  const late = (free: (due: number, sent: number) => number) =>
    judge(
      tallyOf(
        requests(200, 10, (index) => {
          const due = start + index * 10
          const sent = start + index * 25
          return { due, sent, free: free(due, sent), done: sent + 5 }
        }),
      ),
    )

  test('of a run that was ended while every other request still waited', () => {
    const every = requests(200, 10, (index) => ({
      due: start + index * 10,
      sent: start + index * 10 + 0.1,
    }))
    const { pace } = judge(tallyOf(every.filter((_, index) => index % 2 === 1)))
    expect(pace.verdict).toBe('kept')
    expect(pace.asked).toBeCloseTo(100, 6)
    expect(pace.sent).toBeCloseTo(100, 6)
  })

  test('the target, where no more might be in flight', () => {
    const { pace, latency } = late((_due, sent) => sent)
    expect(pace).toMatchObject({ verdict: 'target' })
    expect(pace.asked).toBeCloseTo(100)
    expect(pace.sent).toBeCloseTo(40)
    expect(latency.lateness.max).toBe(0)
  })

  test('the probe, where it might have sent', () => {
    expect(late((due) => due).pace.verdict).toBe('probe')
  })
})

describe('11: replicas that come and go', () => {
  const rollout = judge(
    tallyOf(
      requests(1200, 50, (index) => ({
        replica: `${index < 600 ? 'old' : 'new'}-${index % 4}`,
        boot: index < 600 ? 'a' : 'b',
      })),
    ),
  )

  test('under new names are a rollout, and fine', () => {
    const { changes, decision } = rollout
    expect(changes).toMatchObject({ verdict: 'changed', gone: 0 })
    expect([changes.left.length, changes.came.length]).toEqual([4, 4])
    expect(changes.sentence).toMatch(/^4 replicas left \(.*\); 4 replicas came \(.*\)\.$/)
    expect(decision.verdict).toBe('fine')
  })

  test('one that is gone for good is not', () => {
    const { changes, decision } = judge(
      tallyOf(
        requests(1200, 50, (index) => ({ replica: `web-${index < 600 ? index % 3 : index % 2}` })),
      ),
    )
    expect(changes).toMatchObject({ gone: 1, left: [{ replica: 'web-2' }] })
    expect(decision.findings).toEqual(['gone'])
  })

  test('over kept connections that keep their replica, nobody knows', () => {
    const draw = seeded(4)
    const { changes } = judge(
      tallyOf(
        requests(1200, 50, (index) => {
          const connection = Math.floor((index < 600 ? 3 : 2) * draw())
          return { connection, replica: `web-${connection}` }
        }),
      ),
    )
    expect(changes).toMatchObject({ verdict: 'cannot-tell', reason: 'kept-connections' })
    expect(changes.sentence).toMatch(/connections were kept/)
  })
})

test('12: a replica 50 ms slower than its peers is a verdict', () => {
  const { slow, decision } = judge(
    tallyOf(
      requests(300, 100, (index) => ({
        replica: `web-${index % 3}`,
        done: start + index * 100 + (index % 3 === 1 ? 55 : 5),
      })),
    ),
  )
  expect(slow).toMatchObject({ verdict: 'slow', replicas: [{ replica: 'web-1' }] })
  expect(decision.findings).toEqual(['slow'])
})

describe('13: what binds', () => {
  test('a cookie, over whichever connection', () => {
    const draw = seeded(2)
    const { affinity, order } = judge(
      tallyOf(
        requests(400, 10, (index) => {
          const jar = Math.floor(10 * draw())
          return { mode: 'new', connection: index, jar, replica: `web-${jar % 3}` }
        }),
      ),
    )
    expect(affinity).toMatchObject({ verdict: 'cookie', jars: 10, moved: 0 })
    expect(order).toMatchObject({ verdict: 'sticky', by: 'cookie' })
  })

  test('a client whose replica leaves goes over to another, and stays', () => {
    const draw = seeded(3)
    const { affinity, changes } = judge(
      tallyOf(
        requests(1000, 10, (index) => {
          const jar = Math.floor(9 * draw())
          const replica = index >= 500 && jar % 3 === 2 ? jar % 2 : jar % 3
          return { mode: 'new', connection: index, jar, replica: `web-${replica}` }
        }),
      ),
    )
    expect(affinity).toMatchObject({ verdict: 'cookie', moved: 3, movedAgain: 0 })
    expect(changes).toMatchObject({ verdict: 'changed', gone: 1, left: [{ replica: 'web-2' }] })
  })
})

test('13: no cookie binds because nearly all is with one replica anyway', () => {
  const draw = seeded(5)
  const { affinity } = judge(
    tallyOf(
      requests(2000, 10, (index) => {
        const jar = Math.floor(17 * draw())
        return { mode: 'new', connection: index, jar, replica: draw() < 0.95 ? 'web-0' : 'web-1' }
      }),
    ),
  )
  expect(affinity.verdict).not.toBe('cookie')
})

test('14: machines that each keep their replica are sticky by client', () => {
  const seen = (machine: string, replica: string) =>
    tallyOf(
      requests(60, 10, () => ({ replica })),
      machine,
    )
  const { order } = judge(mergeTallies(seen('a', 'web-0'), seen('b', 'web-1')))
  expect(order).toMatchObject({ verdict: 'sticky', by: 'client', machines: 2 })
})
