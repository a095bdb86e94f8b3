import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { buildSync, type Metafile, transformSync } from 'esbuild'

// Writes dist/page.js: the live page as one HTML document, and the policy that allows just that. The
// handler imports it. build/write-page.ts runs it.

const root = fileURLToPath(new URL('..', import.meta.url))

/** The source of a Content Security Policy for an inline element (CSP 3, §2.3.1). */
function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

function script(): { code: string; metafile: Metafile } {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: ['src/ui/main.tsx'],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2024',
    legalComments: 'none',
  })
  const code = outputFiles.map(({ text }) => text.trim().replaceAll('</script', '<\\/script'))
  return { code: code.join(''), metafile }
}

function style(): string {
  const css = readFileSync(new URL('../src/ui/style.css', import.meta.url), 'utf8')
  return transformSync(css, { loader: 'css', minify: true, target: 'chrome123' }).code.trim()
}

/** The page, the value of its `Content-Security-Policy`, and what went into it. */
function buildPage(): { html: string; policy: string; metafile: Metafile } {
  const { code, metafile } = script()
  const css = style()
  const policy = [
    "default-src 'none'",
    `script-src ${hash(code)}`,
    `style-src ${hash(css)}`,
    "connect-src 'self'",
    'img-src data:', // an icon that is none, so that browsers ask for no other
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  const html = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>served-by</title>',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    `<style>${css}</style></head><body><div id="page"></div>`,
    '<noscript>This page needs JavaScript; without it, ask GET / with curl.</noscript>',
    `<script type="module">${code}</script></body></html>`,
  ].join('')
  return { html, policy, metafile }
}

/** Whole or not at all: another process may be reading it. */
function write(path: string, text: string): void {
  mkdirSync(new URL('../dist', import.meta.url), { recursive: true })
  const part = `${path}.${process.pid}`
  writeFileSync(part, text)
  renameSync(part, path)
}

/** Writes dist/page.js. @returns what went into it */
export function writePage(): Metafile {
  const { html, policy, metafile } = buildPage()
  const gzip = gzipSync(html, { level: 9 }).toString('base64')
  const text = `export const gzip = '${gzip}'\nexport const policy = ${JSON.stringify(policy)}\n`
  write(fileURLToPath(new URL('../dist/page.js', import.meta.url)), text)
  return metafile
}
