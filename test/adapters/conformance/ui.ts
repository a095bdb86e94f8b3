import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { ask } from './contract.ts'
import type { Case } from './case.ts'

function element(html: string, tag: string): string {
  const [, text = '', ...more] = html.split(new RegExp(`<${tag}[^>]*>|</${tag}>`))
  expect(more).toHaveLength(1)
  return text
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

export const uiCases: Case[] = [
  {
    name: 'GET /ui is one HTML document, says its length, may not be stored',
    async run({ url }) {
      const { status, headers, body } = await ask(url, '/ui')
      expect(status).toBe(200)
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
      expect(headers['content-length']).toBe(`${Buffer.byteLength(body)}`)
      expect(headers['cache-control']).toBe('no-store')
      expect(body).toMatch(/^<!doctype html>/)
    },
  },
  {
    name: 'GET /ui allows just its own script and style, and requests to where it comes from',
    async run({ url }) {
      const { headers, body } = await ask(url, '/ui')
      const policy = headers['content-security-policy']?.toString().split('; ')
      expect(policy).toEqual([
        "default-src 'none'",
        `script-src ${hash(element(body, 'script'))}`,
        `style-src ${hash(element(body, 'style'))}`,
        "connect-src 'self'",
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ])
    },
  },
  {
    name: 'HEAD /ui equals GET without the body, length included',
    async run({ url }) {
      const get = await ask(url, '/ui')
      const head = await ask(url, '/ui', { method: 'HEAD' })
      expect(head.body).toBe('')
      expect(head.headers['content-length']).toBe(get.headers['content-length'])
    },
  },
]
