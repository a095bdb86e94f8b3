import { describe, expect, test } from 'vitest'
import { code, plainText, renderMarkdown } from '../../src/probe/report/markdown.ts'
import { createReport } from '../../src/probe/report/report.ts'
import { exampleRun, exampleTally } from './example.ts'

describe('Markdown', () => {
  test('begins with the decision, then what was expected, the verdicts, and who answered', () => {
    const expected = { expectReplicas: 3, maxP99: 1 }
    const text = renderMarkdown(createReport([exampleRun], exampleTally(), expected))
    expect(text).toMatch(/^### ✅ Fine: 3 replicas, even, in turn; 600 of 600 answered\.\n\n/)
    expect(text).toMatch(/^`GET http:\/\/balancer\.example\/`: 100 per second, kept connections, /m)
    expect(text).toContain('\n- ✅ `--expect-replicas 3`: 3\n- ❌ `--max-p99 at most 1 ms`: 4 ms\n')
    expect(text).toContain('\n| **Balance** | Even: 33.3 % each. |\n')
    expect(text).toContain('\n| `web-1` | 200 | 33.3 % | 3 ms | 3 ms | 3 ms |\n')
  })

  test('marks what is bad', () => {
    const lossy = exampleTally('test/1', (index) =>
      index % 7 === 0 ? { outcome: 'replica-error', status: 503 } : {},
    )
    const text = renderMarkdown(createReport([exampleRun], lossy, {}))
    expect(text).toMatch(/^### ❌ Not fine: 86 of 600 lost/)
    expect(text).toMatch(/^\| ❌ \*\*Lost\*\* \| 86 of 600 requests lost/m)
  })

  test.for([
    ['a|b', 'a\\|b'],
    ['<script>', '\\<script\\>'],
    ['`a` *b* _c_ [d](e)', '\\`a\\` \\*b\\* \\_c\\_ \\[d\\](e)'],
    ['&amp; \\ #1 ~~x~~ $y$', '\\&amp; \\\\ \\#1 \\~\\~x\\~\\~ \\$y\\$'],
    ['http://x www.y a@team', 'http\\://x www\\.y a@\u{200b}team'],
    ['two\nlines', 'two lines'],
  ] as const)('has no markup in text: %j', ([text, escaped]) => {
    expect(plainText(text)).toBe(escaped)
  })

  test.for([
    ['web-1', '`web-1`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
  ] as const)('has names as code: %j', ([name, written]) => {
    expect(code(name)).toBe(written)
  })

  test('has cells that names do not end', () => {
    const tally = exampleTally('test/1', (index) => ({ replica: `a|b\`${index % 3}` }))
    const text = renderMarkdown(createReport([exampleRun], tally, {}))
    expect(text).toContain('\n| ``a\\|b`1`` | 200 |')
  })
})
