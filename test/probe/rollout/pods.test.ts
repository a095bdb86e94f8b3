import { expect, test } from 'vitest'
import { createPods } from '../../../src/probe/rollout/pods.ts'
import { readSelector } from '../../../src/probe/rollout/selector.ts'

const ready = {
  conditions: [{ type: 'Ready', status: 'True' }],
  containerStatuses: [{ state: {} }],
}
const terminated = { containerStatuses: [{ state: { terminated: { exitCode: 0 } } }] }

/** A line of `kubectl get pods --watch --output-watch-events --output json`. */
const event = (type: string, name: string, status: object = {}, metadata: object = {}) =>
  JSON.stringify({ type, object: { kind: 'Pod', metadata: { name, ...metadata }, status } })
const deleted = { deletionTimestamp: '2026-11-26T19:00:00Z' }

test('the life of a pod, each step when it is first told', () => {
  const pods = createPods()
  pods.read(event('ADDED', 'web-a', ready), 1)
  pods.begin()
  pods.read(event('ADDED', 'web-b'), 2)
  pods.read(event('MODIFIED', 'web-b', ready), 3)
  pods.answered('web-b', 4)
  pods.answered('web-b', 5)
  pods.answered('somebody else', 5)
  pods.read(event('MODIFIED', 'web-a', ready, deleted), 6)
  expect(pods.areDraining()).toBe(true)
  pods.read(event('MODIFIED', 'web-a', terminated, deleted), 7)
  pods.read(event('DELETED', 'web-a', terminated, deleted), 8)
  expect(pods.areDraining()).toBe(false)
  expect(pods.all()).toEqual([
    { pod: 'web-a', old: true, created: 1, ready: 1, draining: 6, ended: 7 },
    { pod: 'web-b', old: false, created: 2, ready: 3, answered: 4 },
  ])
})

test('a pod that is deleted at once has ended', () => {
  const pods = createPods()
  pods.read(event('ADDED', 'web-a', ready), 1)
  pods.read(event('DELETED', 'web-a'), 2)
  expect(pods.all()).toMatchObject([{ draining: 2, ended: 2 }])
})

test('a container that restarts is no end of its pod', () => {
  const pods = createPods()
  pods.read(event('MODIFIED', 'web-a', terminated), 1)
  expect(pods.all()[0]?.ended).toBeUndefined()
})

test.for(['', 'no JSON', '{"type":"BOOKMARK","object":{"metadata":{}}}', '{"type":"ERROR"}', '[]'])(
  'what is about no pod is passed over: %s',
  (line) => {
    const pods = createPods()
    pods.read(line, 1)
    expect(pods.all()).toEqual([])
  },
)

test.for<[object, string]>([
  [{ matchLabels: { app: 'web', tier: 'front' } }, 'app=web,tier=front'],
  [
    {
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'track', operator: 'In', values: ['a', 'b'] },
        { key: 'old', operator: 'NotIn', values: ['yes'] },
        { key: 'zone', operator: 'Exists' },
        { key: 'test', operator: 'DoesNotExist' },
      ],
    },
    'app=web,track in (a,b),old notin (yes),zone,!test',
  ],
])('the selector %j is %s', ([selector, expected]) => {
  expect(readSelector(JSON.stringify({ spec: { selector } }))).toBe(expected)
})

test.for(['', '{"kind":"Pod","spec":{}}'])('what is no Deployment is refused: %s', (text) => {
  expect(() => readSelector(text)).toThrow(/did not give a Deployment/)
})
