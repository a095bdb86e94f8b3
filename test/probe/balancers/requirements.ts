import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { faketimeLibrary, nginxModules } from './programs.ts'

/** Stops the suite with one sentence where the machine lacks what it measures. */
export default function requirements(): void {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' })
    execFileSync('haproxy', ['-v'], { stdio: 'ignore' })
    execFileSync('chromium', ['--version'], { stdio: 'ignore' })
    if (!existsSync(`${nginxModules()}/ngx_stream_module.so`)) throw new Error('no stream module')
    if (!faketimeLibrary()) throw new Error('no libfaketime')
  } catch (cause) {
    throw new Error(
      'The end-to-end suite needs chromium, haproxy, nginx, its stream module and libfaketime; on Debian: apt-get install chromium haproxy nginx-light libnginx-mod-stream libfaketime',
      { cause },
    )
  }
}
