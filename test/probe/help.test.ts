import { expect, test } from 'vitest'
import { runProbe } from './run-probe.ts'

const wide = (text: string) => text.split('\n').filter((line) => line.length > 80)
const options = (text: string) =>
  [...text.matchAll(/^ {2}(?:-\w, )?--([a-z\d-]+)/gm)].map(([, name]) => name)

/** The commands that the help names. */
async function commandNames(): Promise<string[]> {
  const { stdout } = await runProbe('--help')
  const [, commands = ''] = /^Commands:\n((?: .+\n)+)/m.exec(stdout) ?? []
  return [...commands.matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name)
}

test('--help is one screen, for each command; --help-all has every option', async () => {
  const commands = await commandNames()
  expect(commands).toContain('merge')
  for (const args of [[], ...commands.map((name) => [name])]) {
    const [help, all] = await Promise.all([
      runProbe(...args, '--help'),
      runProbe(...args, '--help-all'),
    ])
    expect(help.stdout).toMatch(new RegExp(`^Usage: probe ${args.join(' ')}`))
    expect(help.stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(60)
    expect([...wide(help.stdout), ...wide(all.stdout)]).toEqual([])
    expect(options(all.stdout)).toEqual(expect.arrayContaining(options(help.stdout)))
    expect(all.stdout.length).toBeGreaterThan(help.stdout.length)
    expect([help.code, help.stderr, all.code, all.stderr]).toEqual([0, '', 0, ''])
  }
})

test('what is rare is in --help-all only', async () => {
  expect((await runProbe('--help')).stdout).not.toContain('--cacert')
  expect((await runProbe('--help-all')).stdout).toContain('--cacert')
})

test('--help has every exit code and examples; --version a version', async () => {
  const help = await runProbe('--help')
  expect(help.stdout).toMatch(/Examples:[^]+Exit codes: 0 .+ 1 [^]+ 2 .+ 3 /)
  const version = await runProbe('--version')
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+/)
  expect(version.code).toBe(0)
})
