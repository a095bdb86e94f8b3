import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { startHttp } from '../probe/targets.ts'
import { runNode } from '../probe/run-probe.ts'

const folder = mkdtempSync(join(tmpdir(), 'probe-'))
/** Holds the bundle and nothing else. */
const alone = join(folder, 'alone', 'probe.mjs')

beforeAll(() => {
  const built = join(folder, 'built')
  execFileSync(process.execPath, ['build/build.ts', '--outdir', built], { stdio: 'pipe' })
  cpSync(join(built, 'probe.mjs'), alone)
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('it probes from an empty folder', async () => {
  let n = 0
  const { href } = await startHttp((_request, response) => {
    n += 1
    response.setHeader('Served-By', `"web-0";boot=b;n=${n}`).end('{"timestamp":1.5}')
  })
  const { code, stdout, stderr } = await runNode(alone, href, '-n', '50', '--html', '-')
  expect(stdout).toMatch(/^<!doctype html>/)
  expect(stderr).toMatch(/^web-0 +50 +100\.0 %/m)
  expect(code).toBe(0)
})

test('--version says the version', async () => {
  expect((await runNode(alone, '--version')).stdout).toBe(`${packageJson.version}\n`)
})

test('it keeps the licence notices of what it contains', () => {
  const bundle = readFileSync(alone, 'utf8')
  for (const name of ['undici', 'commander', 'hdr-histogram-js']) {
    expect(bundle).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+, licence `, 'm'))
  }
})
