import type { Child } from '../runtimes/child.ts'
import type { Runtime } from '../runtimes/index.ts'

/** A replica that runs somewhere. */
export interface Target {
  /** The base URL, with a slash at its end. */
  readonly url: string
  /** The name that it was started with. */
  readonly replicaName: string
  readonly zone: string
  /** The URL of what it was told to ask for `/chain`. */
  readonly upstream: string
  readonly runtime: Runtime
}

/** Why a runtime does not do what a case asks for, and where its makers or its manual say so. */
export interface Deviation {
  readonly reason: string
  readonly upstream: string
}

/** Something that is so on every runtime, except on those named. */
export interface Case {
  readonly name: string
  /** Throws if it is not so. */
  readonly run: (target: Target, child: Child) => Promise<void>
  /** Gives the case a replica of its own with these settings too; otherwise it shares one. */
  readonly env?: Readonly<Record<string, string>>
  /** By the id of the runtime. There, `run` must fail: an entry that is out of date is an error. */
  readonly deviations?: Readonly<Record<string, Deviation>>
}

/** The same deviation on Lambda, whatever the format of the event. */
export function onLambda(deviation: Deviation): Record<string, Deviation> {
  const formats = ['http-api', 'rest-api', 'function-url', 'alb', 'alb-multi']
  return Object.fromEntries(formats.map((format) => [`lambda-${format}`, deviation]))
}

/** The paths of the HTTP interface. */
export const paths = ['/', '/livez', '/readyz', '/version']
