import { existsSync, readFileSync } from 'node:fs'
import type { Deviation } from '../conformance/case.ts'

/** One way in which a runtime's `Request` differs from the platform's, with the probes that show it. */
export interface Kind extends Deviation {
  /** Matches those probes' names, with their subject in front: `clone(): of a clone`. */
  readonly probes: RegExp
}

/** All kinds that there are; each probe that one of them matches must differ, and no other may. */
export const kinds: Readonly<Record<string, readonly Kind[]>> = {
  node: [],
  bun: [],
  deno: [],
}

/** The file that lists what is to be put right on a runtime: one probe a line. */
export function listOf(id: string): URL {
  return new URL(`wrong-on-${id}.txt`, import.meta.url)
}

/** A function that says whether a probe is known to differ on a runtime. */
export function knownOn(id: string): (subject: string, name: string) => boolean {
  const file = listOf(id)
  const lines = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])
  return (subject, name) => {
    const full = `${subject}: ${name}`
    return lines.has(full) || (kinds[id] ?? []).some(({ probes }) => probes.test(full))
  }
}
