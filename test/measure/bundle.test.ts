import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const room = join(import.meta.dirname, '../../src/measure')

test('in a browser, all of it weighs at most 40 kB gzipped', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from './tally.ts'\nexport * from './verdicts.ts'`,
      resolveDir: room,
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  })
  const [bundle] = outputFiles
  expect(gzipSync(bundle?.contents ?? '').length).toBeLessThanOrEqual(40_000)
})

/** What each file imports, types included, as paths below the room. */
const imports = new Map(
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const text = readFileSync(join(room, file), 'utf8')
      const found = text.matchAll(/ from '(\.{1,2}\/[^']+)'/g)
      return [file, [...found].map(([, path = '']) => join(file, '..', path))]
    }),
)

/** The first circle of imports that goes through `file`, or nothing. */
function circleThrough(file: string, way: string[] = []): string[] | undefined {
  if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
  for (const next of imports.get(file) ?? []) {
    const circle = circleThrough(next, [...way, file])
    if (circle) return circle
  }
  return undefined
}

test('no circle of imports, types included', () => {
  expect(imports.size).toBeGreaterThan(20)
  for (const file of imports.keys()) expect(circleThrough(file)?.join(' → ')).toBeUndefined()
})
