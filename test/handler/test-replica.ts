import type { Replica } from '../../src/handler/replica.ts'

/** A replica that is ready, with everything fixed, the time included; change what a test is about. */
export function testReplica(changes: Partial<Replica> = {}): Replica {
  return {
    hostname: '42bc3f9174d9',
    bootId: 'b41c09d2',
    startedAt: 1680353000,
    build: { version: '1.2.3', commit: 'abc1234', release: true },
    runtime: 'test/1.0',
    place: {},
    state: 'ready',
    now: () => 1680353669.546823,
    ...changes,
  }
}
