import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { ConnectionMode } from '../measure/observation.ts'
import { UsageError } from './exit-codes.ts'
import { messageOf } from './failure.ts'
import type { Amount } from './load/load.ts'
import type { ProbeOptions } from './options/command.ts'
import { parseSuccess, type Success } from './options/quantities.ts'
import { parseReplicaByOption, type ReplicaBy } from './options/request.ts'
import { bodyOf } from './options/body.ts'
import { pathOf, portOf, type Target, valueOf } from './transport/target.ts'

/** One run, spelled out. */
export interface Plan {
  target: Target
  connections: ConnectionMode | 'both'
  /** Requests per second; absent where `amount.concurrency` sets the pace. */
  rate: number | undefined
  amount: Amount
  replicaBy: ReplicaBy
  success: Success
  /** The zone that this probe runs in (absent: it does not know). */
  zone: string | undefined
}

const defaultRequests = 1000
const defaultTimeout = 5000
const closedLoopConcurrency = 10
/** Below the usual limit of 1024 open files. */
const openLoopConcurrency = 500

/** What the command line says of a run. */
export type PlanOptions = Pick<
  ProbeOptions,
  | 'requests'
  | 'duration'
  | 'rate'
  | 'concurrency'
  | 'connections'
  | 'method'
  | 'body'
  | 'bodyFile'
  | 'header'
  | 'host'
  | 'resolve'
  | 'cacert'
  | 'insecure'
  | 'timeout'
  | 'success'
  | 'cookies'
  | 'replicaBy'
  | 'zone'
>

function headersOf({ host, header = [] }: PlanOptions): string[] {
  if (host === undefined) return header
  if (valueOf(header, 'host') !== undefined)
    throw new UsageError('A request has one Host: give --host or a Host header, not both.')
  return ['Host', host, ...header]
}

function addressesOf(url: URL, { resolve }: PlanOptions): readonly string[] | undefined {
  if (resolve === undefined) return undefined
  const target = `${url.hostname}:${portOf(url)}`
  const addresses = resolve.get(target)
  if (!addresses)
    throw new UsageError(
      `--resolve ${[...resolve.keys()].join(', ')} is not about the target, which is ${target}.`,
    )
  return addresses
}

/** What may be hashed or limited differs from one origin to another: a run is about one. */
function onlyOrigin(urls: readonly URL[]): URL {
  const [first, ...others] = urls
  if (!first) throw new UsageError('There is no URL to probe.')
  const stranger = others.find(({ origin }) => origin !== first.origin)
  if (stranger)
    throw new UsageError(
      `${first.origin} and ${stranger.origin} are two targets: probe each by itself, the same target under several paths in one run.`,
    )
  return first
}

function readAuthorities(file: string): string {
  try {
    const text = readFileSync(file, 'utf8')
    createSecureContext({ ca: text })
    if (!text.includes('-----BEGIN CERTIFICATE-----'))
      throw new Error('no certificate in PEM in it')
    return text
  } catch (cause) {
    throw new UsageError(`--cacert ${file} cannot be read: ${messageOf(cause)}.`)
  }
}

/**
 * Fills in what the command line left open. @param urls at least one
 * @throws UsageError for what does not go together
 */
export function toPlan(urls: readonly URL[], options: PlanOptions): Plan {
  const url = onlyOrigin(urls)
  const body = bodyOf(options)
  const { requests, duration = Infinity, rate } = options
  return {
    target: {
      url,
      paths: urls.map(pathOf),
      method: options.method ?? (body === undefined ? 'GET' : 'POST'),
      body,
      headers: headersOf(options),
      addresses: addressesOf(url, options),
      insecure: options.insecure ?? false,
      authorities: options.cacert === undefined ? undefined : readAuthorities(options.cacert),
      cookies: options.cookies,
      timeout: options.timeout ?? defaultTimeout,
    },
    connections: options.connections,
    rate,
    amount: {
      requests: requests ?? (duration === Infinity ? defaultRequests : Infinity),
      duration,
      concurrency:
        options.concurrency ?? (rate === undefined ? closedLoopConcurrency : openLoopConcurrency),
    },
    replicaBy: options.replicaBy ?? parseReplicaByOption('auto'),
    success: options.success ?? parseSuccess('2xx'),
    // Kubernetes gives an empty one where the node has none.
    zone: options.zone === '' ? undefined : options.zone,
  }
}
