import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Before the tests, which start the server and the probe from source hundreds of times: Node keeps what it
 * compiled for the next process, which then starts in a third of the time.
 */
export default function compileCache(): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'compiled-'))
  process.env['NODE_COMPILE_CACHE'] = directory
  // It is written when a process ends by itself, and the tests kill most of theirs.
  for (const main of ['src/adapters/node/main.ts', 'src/probe/main.ts'])
    spawnSync(process.execPath, [main, '--version'])
  return () => {
    rmSync(directory, { recursive: true, maxRetries: 10 })
  }
}
