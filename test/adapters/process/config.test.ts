import { describe, expect, test } from 'vitest'
import { readConfig } from '../../../src/adapters/process/config.ts'
import { StartError } from '../../../src/adapters/process/start-error.ts'

test('an empty environment gives the defaults', () => {
  expect(readConfig({})).toEqual({
    host: undefined,
    port: 8000,
    metricsPort: 9464,
    replicaName: undefined,
    logLevel: 'info',
    drainDelay: 5,
    drainTimeout: 15,
    limits: {
      targetBytes: 8192,
      headerBytes: 16_384,
      bodyBytes: 1_048_576,
      connections: 16_384,
      headerTimeout: 10,
      requestTimeout: 60,
      idleTimeout: 75,
    },
    place: {},
    faults: false,
    upstreams: [],
    upstreamTimeout: 2,
  })
})

test('every variable is read', () => {
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: '8010',
    METRICS_PORT: '9465',
    REPLICA_NAME: 'web-1',
    LOG_LEVEL: 'debug',
    DRAIN_DELAY: '0.5',
    DRAIN_TIMEOUT: '3600',
    MAX_TARGET_BYTES: '1',
    MAX_HEADER_BYTES: '2',
    MAX_BODY_BYTES: '3',
    MAX_CONNECTIONS: '4',
    HEADER_TIMEOUT: '0.5',
    REQUEST_TIMEOUT: '6',
    IDLE_TIMEOUT: '7',
    POD_NAME: 'served-by-6c9f7-x2x4k',
    POD_NAMESPACE: 'served-by',
    POD_IP: '10.244.0.7',
    NODE_NAME: 'minikube',
    ZONE: 'eu-west-1a',
    FAULTS: 'on',
    UPSTREAMS: 'http://b:8000/chain, https://c/x?y=1',
    UPSTREAM_TIMEOUT: '0.5',
    SOMETHING_ELSE: 'x',
  })
  expect(config).toEqual({
    host: '127.0.0.1',
    port: 8010,
    metricsPort: 9465,
    replicaName: 'web-1',
    logLevel: 'debug',
    drainDelay: 0.5,
    drainTimeout: 3600,
    limits: {
      targetBytes: 1,
      headerBytes: 2,
      bodyBytes: 3,
      connections: 4,
      headerTimeout: 0.5,
      requestTimeout: 6,
      idleTimeout: 7,
    },
    place: {
      pod: 'served-by-6c9f7-x2x4k',
      namespace: 'served-by',
      ip: '10.244.0.7',
      node: 'minikube',
      zone: 'eu-west-1a',
    },
    faults: true,
    upstreams: ['http://b:8000/chain', 'https://c/x?y=1'],
    upstreamTimeout: 0.5,
  })
})

test('an empty variable counts as not set', () => {
  expect(readConfig({ PORT: '', REPLICA_NAME: '' })).toEqual(readConfig({}))
})

describe('a bad value stops the start with one sentence', () => {
  const port = 'it must be a whole number from 0 to 65535.'
  const seconds = 'it must be a number of seconds from 0 to 3600.'
  const upstreams = 'it must be at most 8 http or https URLs with commas between, none with a user.'
  const nine = Array.from({ length: 9 }, () => 'http://b/').join()
  const bad: [Record<string, string>, string][] = [
    [{ PORT: 'abc' }, `PORT is "abc"; ${port}`],
    [{ PORT: '65536' }, `PORT is "65536"; ${port}`],
    [{ PORT: '70000' }, `PORT is "70000"; ${port}`],
    [{ PORT: '-1' }, `PORT is "-1"; ${port}`],
    [{ PORT: '80.5' }, `PORT is "80.5"; ${port}`],
    [{ PORT: ' 80' }, `PORT is " 80"; ${port}`],
    [{ PORT: 'tcp://10.0.0.1:80' }, `PORT is "tcp://10.0.0.1:80"; ${port}`],
    [
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL is "loud"; it must be one of fatal, error, warn, info, debug, trace, silent.',
    ],
    [{ DRAIN_DELAY: '-1' }, `DRAIN_DELAY is "-1"; ${seconds}`],
    [{ DRAIN_DELAY: '5s' }, `DRAIN_DELAY is "5s"; ${seconds}`],
    [
      { MAX_CONNECTIONS: '0' },
      'MAX_CONNECTIONS is "0"; it must be a whole number from 1 to 999999999.',
    ],
    [
      { HEADER_TIMEOUT: '0' },
      'HEADER_TIMEOUT is "0"; it must be a number of seconds from 0.1 to 3600.',
    ],
    [{ FAULTS: 'true' }, 'FAULTS is "true"; it must be on or off.'],
    [{ UPSTREAMS: 'b:8000/chain' }, `UPSTREAMS is "b:8000/chain"; ${upstreams}`],
    [{ UPSTREAMS: 'http://b/,' }, `UPSTREAMS is "http://b/,"; ${upstreams}`],
    [{ UPSTREAMS: 'http://me:pw@b/' }, `UPSTREAMS is "http://me:pw@b/"; ${upstreams}`],
    [{ UPSTREAMS: 'file:///etc/passwd' }, `UPSTREAMS is "file:///etc/passwd"; ${upstreams}`],
    [{ UPSTREAMS: nine }, `UPSTREAMS is "${nine}"; ${upstreams}`],
    [
      { UPSTREAM_TIMEOUT: '61' },
      'UPSTREAM_TIMEOUT is "61"; it must be a number of seconds from 0.1 to 60.',
    ],
    [{ DRAIN_TIMEOUT: '3601' }, `DRAIN_TIMEOUT is "3601"; ${seconds}`],
    [
      { REPLICA_NAME: 'a\r\nb' },
      'REPLICA_NAME is "a\\r\\nb"; it must be at most 253 printable ASCII characters without a space.',
    ],
  ]
  test.for(bad)('%o', ([env, message]) => {
    expect(() => readConfig(env)).toThrow(new StartError(message))
  })
})
