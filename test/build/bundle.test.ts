import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { spawnServer, startServer } from '../adapters/node/spawn-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'served-by-'))
const built = join(folder, 'first')
const builtAgain = join(folder, 'second')
/** Holds the bundle and nothing else. */
const alone = join(folder, 'alone')

function build(outdir: string): void {
  const env = { ...process.env, COMMIT: 'abc1234' }
  execFileSync(process.execPath, ['build/build.ts', '--outdir', outdir], { env, stdio: 'pipe' })
}

beforeAll(() => {
  build(built)
  build(builtAgain)
  cpSync(join(built, 'server.mjs'), join(alone, 'server.mjs'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('each bundle is one file and its source map', () => {
  const files = ['lambda.mjs', 'probe.mjs', 'server.mjs', 'worker.mjs'].flatMap((file) => [
    file,
    `${file}.map`,
  ])
  expect(readdirSync(built).sort()).toEqual(files)
})

test('the server takes less than 500 kB', () => {
  expect(statSync(join(built, 'server.mjs')).size).toBeLessThan(500_000)
})

test('the live page takes at most 60 kB, compressed', async () => {
  const { gzip } = await import('../../dist/page.js')
  expect(Buffer.from(gzip, 'base64').length).toBeLessThanOrEqual(60_000)
})

test('building twice gives the same bytes', () => {
  for (const file of readdirSync(built))
    expect(readFileSync(join(builtAgain, file)).equals(readFileSync(join(built, file)))).toBe(true)
})

test('it serves from an empty folder', async () => {
  const { url } = await startServer(['server.mjs'], { REPLICA_NAME: 'bundle' }, alone)
  expect(await (await fetch(url)).json()).toMatchObject({ hostname: 'bundle' })
  expect(await (await fetch(`${url}version`)).json()).toEqual({
    version: packageJson.version,
    commit: 'abc1234',
    runtime: `node/${process.versions.node}`,
  })
})

test('it answers without the HTTP client that Node loads with Request and Response', async () => {
  const listModules = "process.on('exit', () => console.error(process.moduleLoadList.join()))"
  const preload = ['--import', `data:text/javascript,${listModules}`]
  const modulesAfter = async (path: string) => {
    const env = { DRAIN_DELAY: '0' }
    const { url, child, ended } = await startServer([...preload, 'server.mjs'], env, alone)
    expect((await fetch(new URL(path, url))).status).toBe(200)
    child.kill('SIGTERM')
    return (await ended).stderr
  }
  expect(await modulesAfter('/')).not.toMatch(/undici/)
  // The page is unpacked by the platform's own streams and classes.
  expect(await modulesAfter('/ui')).toMatch(/undici/)
})

test('--version says version and commit', async () => {
  const { stdout } = await spawnServer(['server.mjs', '--version'], {}, alone).ended
  expect(stdout).toBe(`served-by ${packageJson.version} (abc1234)\n`)
})

test('healthcheck asks the replica on its PORT', async () => {
  const { url } = await startServer(['server.mjs'], {}, alone)
  const env = { PORT: new URL(url).port }
  expect((await spawnServer(['server.mjs', 'healthcheck'], env, alone).ended).code).toBe(0)
})

test('it keeps the licence notices of what it contains', () => {
  const bundle = readFileSync(join(built, 'server.mjs'), 'utf8')
  expect(bundle).toMatch(/@whatwg-node\/server \d[\d.]*, licence MIT/)
  expect(bundle).toMatch(/Copyright \(c\) [\d-]* ?Matteo Collina/)
})

test('its source map names our sources', () => {
  const map = readFileSync(join(built, 'server.mjs.map'), 'utf8')
  expect(map).toContain('src/handler/index.ts')
})
