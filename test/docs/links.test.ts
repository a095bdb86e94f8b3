import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const files = globSync('{*.md,docs/*.md}').map((file) => ({ file }))

/** The anchors of a text's headings, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test.each(files)('each link of $file inside the repository leads somewhere', ({ file }) => {
  const links = readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)
  for (const [, path = '', anchor] of links) {
    const target = path === '' ? file : join(dirname(file), path)
    expect(existsSync(target), `${file} links to ${target}`).toBe(true)
    if (anchor !== undefined)
      expect(anchorsOf(target), `${file} links to ${target}`).toContain(anchor)
  }
})
