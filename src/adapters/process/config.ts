import * as v from 'valibot'
import type { Place } from '../../handler/replica.ts'
import { defaultLimits, type Limits } from '../server/limits.ts'
import { defaultDrain } from '../server/options.ts'
import { StartError } from './start-error.ts'

/** What the environment says, checked. Times are in seconds. */
export interface Config {
  readonly host: string | undefined
  readonly port: number
  readonly metricsPort: number
  readonly replicaName: string | undefined
  readonly logLevel: (typeof logLevels)[number]
  readonly drainDelay: number
  readonly drainTimeout: number
  readonly limits: Limits
  readonly place: Place
  /** Whether there are faults on demand. */
  readonly faults: boolean
  /** What `/chain` asks: absolute URLs. */
  readonly upstreams: readonly string[]
  /** Seconds that each of them may take. */
  readonly upstreamTimeout: number
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const port = v.config(
  v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65_535)),
  { message: 'a whole number from 0 to 65535' },
)
const seconds = v.config(
  v.pipe(v.string(), v.regex(/^\d{1,4}(\.\d+)?$/), v.transform(Number), v.maxValue(3600)),
  { message: 'a number of seconds from 0 to 3600' },
)
const positiveSeconds = v.config(v.pipe(seconds, v.minValue(0.1)), {
  message: 'a number of seconds from 0.1 to 3600',
})
const upstreamSeconds = v.config(v.pipe(seconds, v.minValue(0.1), v.maxValue(60)), {
  message: 'a number of seconds from 0.1 to 60',
})
const count = v.config(
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(1)),
  { message: 'a whole number from 1 to 999999999' },
)
// The name goes into a header field and into logs, so it is printable ASCII.
const name = v.config(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,253}$/)), {
  message: 'at most 253 printable ASCII characters without a space',
})
const logLevel = v.config(v.picklist(logLevels), { message: `one of ${logLevels.join(', ')}` })
const onOrOff = v.config(v.picklist(['on', 'off']), { message: 'on or off' })
const mostUpstreams = 8
const upstreams = v.config(
  v.pipe(
    v.string(),
    v.transform((text) => text.split(',').map((url) => url.trim())),
    v.maxLength(mostUpstreams),
    v.everyItem(isUpstream),
  ),
  { message: `at most ${mostUpstreams} http or https URLs with commas between, none with a user` },
)

/** Whether `fetch` takes it as an absolute URL. */
function isUpstream(text: string): boolean {
  const url = URL.parse(text)
  return !!url && /^https?:$/.test(url.protocol) && url.username + url.password === ''
}

const environment = v.object({
  HOST: v.optional(name),
  PORT: v.optional(port, '8000'),
  METRICS_PORT: v.optional(port, '9464'),
  REPLICA_NAME: v.optional(name),
  LOG_LEVEL: v.optional(logLevel, 'info'),
  DRAIN_DELAY: v.optional(seconds, `${defaultDrain.delay}`),
  DRAIN_TIMEOUT: v.optional(seconds, `${defaultDrain.timeout}`),
  MAX_TARGET_BYTES: v.optional(count, `${defaultLimits.targetBytes}`),
  MAX_HEADER_BYTES: v.optional(count, `${defaultLimits.headerBytes}`),
  MAX_BODY_BYTES: v.optional(count, `${defaultLimits.bodyBytes}`),
  MAX_CONNECTIONS: v.optional(count, `${defaultLimits.connections}`),
  HEADER_TIMEOUT: v.optional(positiveSeconds, `${defaultLimits.headerTimeout}`),
  REQUEST_TIMEOUT: v.optional(positiveSeconds, `${defaultLimits.requestTimeout}`),
  IDLE_TIMEOUT: v.optional(positiveSeconds, `${defaultLimits.idleTimeout}`),
  POD_NAME: v.optional(name),
  POD_NAMESPACE: v.optional(name),
  POD_IP: v.optional(name),
  NODE_NAME: v.optional(name),
  ZONE: v.optional(name),
  FAULTS: v.optional(onOrOff, 'off'),
  UPSTREAMS: v.optional(upstreams),
  UPSTREAM_TIMEOUT: v.optional(upstreamSeconds, '2'),
})

/**
 * Reads the configuration from environment variables; an empty one counts as not set, and so does
 * the `null` that workerd gives for one.
 * @throws StartError that names the variable, its value and what is allowed
 */
export function readConfig(env: Readonly<Record<string, string | null | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value))
  const result = v.safeParse(environment, set, { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    const variable = v.getDotPath(issue) ?? ''
    const value = JSON.stringify(set[variable])
    throw new StartError(`${variable} is ${value}; it must be ${issue.message}.`)
  }
  const { output } = result
  return {
    host: output.HOST,
    port: output.PORT,
    metricsPort: output.METRICS_PORT,
    replicaName: output.REPLICA_NAME,
    logLevel: output.LOG_LEVEL,
    drainDelay: output.DRAIN_DELAY,
    drainTimeout: output.DRAIN_TIMEOUT,
    limits: {
      targetBytes: output.MAX_TARGET_BYTES,
      headerBytes: output.MAX_HEADER_BYTES,
      bodyBytes: output.MAX_BODY_BYTES,
      connections: output.MAX_CONNECTIONS,
      headerTimeout: output.HEADER_TIMEOUT,
      requestTimeout: output.REQUEST_TIMEOUT,
      idleTimeout: output.IDLE_TIMEOUT,
    },
    place: {
      pod: output.POD_NAME,
      namespace: output.POD_NAMESPACE,
      ip: output.POD_IP,
      node: output.NODE_NAME,
      zone: output.ZONE,
    },
    faults: output.FAULTS === 'on',
    upstreams: output.UPSTREAMS ?? [],
    upstreamTimeout: output.UPSTREAM_TIMEOUT,
  }
}
