import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { clockTime } from '../../../src/measure/sentences/words.ts'
import { parseReport } from '../report-json.ts'
import { spawnProbe } from '../run-probe.ts'
import { startNginx } from './nginx/nginx.ts'
import { startOddReplica, underWay } from './replicas.ts'

const names = (generation: string) =>
  Array.from({ length: 12 }, (_, at) => `web-${generation}-${at}`)
const batch = 3

/** Servers in a file that nginx reads again when it is told to. */
async function startReloadable(first: readonly string[]) {
  const directory = await mkdtemp(join(tmpdir(), 'upstream-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const file = join(directory, 'servers')
  const write = (servers: readonly string[]) =>
    writeFile(file, servers.map((server) => `server ${server};\n`).join(''))
  await write(first)
  const nginx = await startNginx([first[0] ?? ''], {
    http: `upstream live { include ${file}; keepalive 64; }`,
    pool: 'live',
  })
  const balance = async (servers: readonly string[]) => {
    await write(servers)
    process.kill(Number(await readFile(join(nginx.directory, 'nginx.pid'), 'utf8')), 'SIGHUP')
  }
  return { url: nginx.url, balance }
}

test('a rollout that replaces every replica under a new name: so many left, so many came, and when', async () => {
  const start = (generation: string) =>
    Promise.all(names(generation).map((name) => startOddReplica(name, {})))
  const [old, young] = [await start('old'), await start('new')]
  const { url, balance } = await startReloadable(old)
  const args = ['-r', '400', '-d', '6s', '--connections', 'new', '-q', '--json', '-']
  const { ended } = spawnProbe(url, ...args)
  await underWay(`http://${old[0]}`)
  const began = Date.now()
  for (let replaced = batch; replaced <= old.length; replaced += batch) {
    await balance([...young.slice(0, replaced), ...old.slice(replaced)])
    await sleep(500)
  }

  const { runs, verdicts } = parseReport((await ended).stdout)
  const { changes, decision, lives } = verdicts
  expect(changes.left.map(({ replica }) => replica).sort()).toEqual(names('old').sort())
  expect(changes.came.map(({ replica }) => replica).sort()).toEqual(names('new').sort())
  expect(changes).toMatchObject({ verdict: 'changed', gone: 0, away: [] })
  for (const { at } of [...changes.left, ...changes.came]) {
    // The last answer of an old one is from before its batch.
    expect(at).toBeGreaterThan(began - 1000)
    expect(at).toBeLessThan(runs[0]?.ended ?? 0)
  }
  const time = String.raw`\d\d:\d\d:\d\d`
  expect(changes.sentence).toMatch(
    new RegExp(
      `^12 replicas left \\(${time} to ${time}\\); 12 replicas came \\(${time} to ${time}\\)\\.$`,
    ),
  )
  expect(changes.sentence).toContain(clockTime(changes.came[0]?.at ?? 0))
  expect(lives.restarts).toBe(0)
  // nginx may cut a connection that has sent nothing when it reads its configuration: that is lost.
  expect(decision.findings).not.toContain('gone')
})
