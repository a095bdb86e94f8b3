import { describe, expect, test } from 'vitest'
import { parseReplicaBy } from '../../src/probe/identify/replica-by.ts'
import type { Answer } from '../../src/probe/transport/exchange.ts'
import { seeded } from '../measure/random.ts'

function answer(body: string, headers: Answer['headers'] = {}): Answer {
  return { status: 200, headers, body: [Buffer.from(body)] }
}

describe('by itself it knows', () => {
  const identify = parseReplicaBy('auto')

  test.for<[string, Answer, object]>([
    [
      'served-by',
      answer('{"timestamp":1680353669.546823,"hostname":"web-1"}', {
        'served-by': '"web-1";boot=b41c09d2;n=1042;conn=17;req=3',
      }),
      { replica: 'web-1', boot: 'b41c09d2', n: 1042, draining: false },
    ],
    [
      'served-by while it drains',
      answer('', { 'served-by': '"web-1";boot=b4;n=1;conn=1;req=1;draining' }),
      { replica: 'web-1', draining: true },
    ],
    [
      'the version and more that a field says',
      answer('', { 'served-by': '"web-1";v="0.2.0";zone="eu-1a";boot=b4;n=7;conn=1;req=1' }),
      { replica: 'web-1', version: '0.2.0', boot: 'b4', n: 7 },
    ],
    [
      'a name that is not ASCII',
      answer('', { 'served-by': '%"caf%c3%a9";boot=b4;n=7' }),
      { replica: 'café', n: 7 },
    ],
    [
      'parameters in another order, and names that look like them',
      answer('', { 'served-by': '"a;n=3";draining;req=2;n=4' }),
      { replica: 'a;n=3', draining: true, n: 4 },
    ],
    [
      'podinfo',
      answer('{"hostname":"podinfo-7d-x","version":"6.9.0","revision":"f","color":"#34577c"}'),
      { replica: 'podinfo-7d-x', version: '6.9.0' },
    ],
    ['http-https-echo', answer('{"path":"/","os":{"hostname":"echo-0"}}'), { replica: 'echo-0' }],
    ['whoami', answer('Hostname: c1f2\nIP: 127.0.0.1\nGET / HTTP/1.1\n'), { replica: 'c1f2' }],
  ])('%s', ([, given, expected]) => {
    expect(identify(given)).toMatchObject(expected)
  })

  test.for<[string, Answer]>([
    ['an error page of a proxy', answer('<html><h1>502 Bad Gateway</h1></html>')],
    ['nothing', answer('')],
    ['broken JSON', answer('{"hostname":')],
    ['JSON that is no object', answer('[1,2]')],
    ['a field that is no structured field', answer('', { 'served-by': 'cache-lhr 7' })],
    ['a field whose name is a number', answer('', { 'served-by': '42' })],
  ])('nobody from %s', ([, given]) => {
    expect(identify(given)).toBeUndefined()
  })

  test('the clock to its last digit, however the body comes', () => {
    const draw = seeded(1)
    for (let time = 0; time < 1000; time += 1) {
      const timestamp = (1.6e9 + 1e8 * draw()).toFixed(6)
      const whole = Buffer.from(`{"timestamp":${timestamp},"hostname":"web-1"}`)
      const headers = { 'served-by': '"web-1";boot=b4;n=1' }
      for (const body of [[whole], [whole.subarray(0, 20), whole.subarray(20)]]) {
        expect(identify({ status: 200, headers, body })?.readClock?.()).toBe(Number(timestamp))
      }
    }
  })

  test.for([
    ['{"timestamp":1.5,"hostname":"a","version":"2"}', 1.5],
    ['{"timestamp":1.5,"hostname":"a\\"b"}', 1.5],
    ['{"timestamp":15,"hostname":"a"}', 15],
    ['{"timestamp":1.5.5,"hostname":"a"}', undefined],
    ['{"timestamp":1.5,"hostname":"a"', undefined],
    ['{"timestamp":"1.5","hostname":"a"}', undefined],
    ['[1.5]', undefined],
  ] as const)('what is nearly the body of GET /: %s', ([body, expected]) => {
    const identity = identify(answer(body, { 'served-by': '"a"' }))
    expect(identity?.replica).toBe('a')
    expect(identity?.readClock?.()).toBe(expected)
  })

  test.for([';n=', ';n=1;conn=;req=1', ';n=1;draining;x', ';n=1x'])(
    'a field that only begins like counters: %s',
    (counters) => {
      const identity = identify(answer('', { 'served-by': `"a";boot=b4${counters}` }))
      expect(identity?.draining ?? false).toBe(counters.includes('draining'))
    },
  )

  test('counters of one life that change from answer to answer', () => {
    const read = (n: number) =>
      identify(answer('', { 'served-by': `"web-1";boot=b4;n=${n};conn=1;req=${n}` }))
    expect([read(1), read(2)]).toMatchObject([
      { boot: 'b4', n: 1 },
      { boot: 'b4', n: 2 },
    ])
  })

  test('a body that came in pieces', () => {
    const pieces = { ...answer(''), body: [Buffer.from('{"host'), Buffer.from('name":"a"}')] }
    expect(identify(pieces)?.replica).toBe('a')
  })
})

describe('--replica-by', () => {
  test.for<[string, Answer, string]>([
    ['served-by', answer('', { 'served-by': '"a"' }), 'a'],
    ['header:X-Pod', answer('', { 'x-pod': 'a' }), 'a'],
    ['json:$.pods[1].name', answer('{"pods":[{"name":"b"},{"name":"a"}]}'), 'a'],
    ['json:$.name', answer('\r\n\t {"name":"a"}'), 'a'],
    ['json:$.id', answer('{"id":42}'), '42'],
    ['regex:server (\\S+)', answer('from server a today'), 'a'],
    ['regex:/SERVER (\\S+)/i', answer('from server a today'), 'a'],
    ['regex:node-\\d+', answer('this is node-12.'), 'node-12'],
  ])('%s', ([how, given, expected]) => {
    expect(parseReplicaBy(how)(given)?.replica).toBe(expected)
  })

  test.for(['served-by', 'header:X-Pod', 'json:$.name', 'regex:^name: (.+)'])(
    '%s names nobody where the answer does not',
    (how) => {
      expect(parseReplicaBy(how)(answer('{"other":1}'))).toBeUndefined()
    },
  )

  test.for(['', 'pod', 'header:', 'json:', 'json:$[', 'regex:', 'regex:(', 'served-by:x'])(
    '"%s" is refused',
    (how) => {
      expect(() => parseReplicaBy(how)).toThrow()
    },
  )

  test('a name brings neither control characters nor a novel to the terminal', () => {
    const name = parseReplicaBy('json:$.name')(
      answer(JSON.stringify({ name: `\u001b[2J${'x'.repeat(1000)}` })),
    )?.replica
    expect(name).toHaveLength(100)
    expect(name).not.toMatch(/\p{Cc}/u)
  })
})
