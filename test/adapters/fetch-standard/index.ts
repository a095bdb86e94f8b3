import { answering } from './answers.ts'
import { reading, rereading } from './bodies.ts'
import { cloning, copying, fetching } from './copies.ts'
import { headers } from './headers.ts'
import { members } from './members.ts'
import type { Probe } from './probe.ts'
import { streaming } from './streams.ts'

/** All looks at a `Request`, by subject. */
export const subjects: Readonly<Record<string, readonly Probe[]>> = {
  'Members of `Request`': members,
  '`Headers` of a request': headers,
  'Bodies, each way to read them': reading,
  'Bodies, read twice': rereading,
  'Bodies as streams': streaming,
  '`clone()`': cloning,
  '`new Request(request)`': copying,
  '`fetch(request)`': fetching,
  'Parts of a request as the content of a response': answering,
}

/** The path that names a probe; what follows it belongs to the request. */
export const prefix = '/fetch-standard/'

/** Each probe by its path. */
export const paths: ReadonlyMap<string, Probe> = new Map(
  Object.values(subjects).flatMap((probes, subject) =>
    probes.map((probe, i): [string, Probe] => [`${prefix}${subject}-${i}`, probe]),
  ),
)
