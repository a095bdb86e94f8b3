import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

/** The directory of nginx's dynamic modules. */
export function nginxModules(): string {
  const { stderr } = spawnSync('nginx', ['-V'], { encoding: 'utf8' })
  return /--modules-path=(\S+)/.exec(stderr)?.[1] ?? ''
}

/** The library that gives a process another time of day; `undefined` where it is not installed. */
export function faketimeLibrary(): string | undefined {
  return globSync('/usr/lib/*/faketime/libfaketime.so.1')[0]
}
