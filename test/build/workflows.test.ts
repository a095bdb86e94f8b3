import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
import { parseAction } from '@actions/workflow-parser/actions/action-parser'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const step = v.object({ uses: v.optional(v.string()), run: v.optional(v.string()) })
const job = v.object({
  'runs-on': v.string(),
  'timeout-minutes': v.number(),
  permissions: v.record(v.string(), v.picklist(['read', 'write'])),
  steps: v.array(step),
})
const workflow = v.object({ permissions: v.strictObject({}), jobs: v.record(v.string(), job) })

const workflows = globSync('.github/workflows/*.yml').sort()
const texts = [...workflows, 'action.yml'].map((file) => ({
  file,
  text: readFileSync(file, 'utf8'),
}))

const jobs = workflows.flatMap((file) => {
  const content = v.parse(workflow, parse(readFileSync(file, 'utf8')))
  return Object.entries(content.jobs).map(([name, content]) => ({
    where: `${basename(file)}: ${name}`,
    ...content,
  }))
})

/** What GitHub's own parser has against a file. */
function complaints(file: string, text: string): string[] {
  const trace = new NoOperationTraceWriter()
  const source = { name: file, content: text }
  const result = file === 'action.yml' ? parseAction(source, trace) : parseWorkflow(source, trace)
  return result.context.errors.getErrors().map(({ message }) => message)
}

test.each(texts)("GitHub's parser takes $file", ({ file, text }) => {
  expect(complaints(file, text)).toEqual([])
})

test('and it does not take everything', () => {
  const bad =
    'on: push\njobs: { a: { runs-on: x, permissions: { pages: all }, steps: [{ run: "${{ github.nope( }}" }] } }'
  expect(complaints('bad.yml', bad)).not.toEqual([])
  expect(
    complaints('action.yml', 'name: x\ndescription: y\nruns: { using: composite }'),
  ).not.toEqual([])
})

describe.each(texts)('$file', ({ text }) => {
  test('pins each action by its commit, and says which version that is', () => {
    const uses = text.match(/^.*\buses:.*$/gm) ?? []
    expect(uses.length).toBeGreaterThan(0)
    for (const line of uses)
      expect(line).toMatch(/uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test('pastes no expression into a script', () => {
    // What an expression holds may come from anybody who opens an issue; a variable is only text.
    const scripts: unknown[] = []
    parse(text, (key, value: unknown) => {
      if (key === 'run') scripts.push(value)
      return value
    })
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts) expect(script).not.toContain('${{')
  })
})

test('an action has the same commit everywhere', () => {
  const pins = texts.flatMap(({ text }) => [...text.matchAll(/uses: ([^@]+)@(\w+)/g)])
  const byAction = Map.groupBy(pins, ([, action]) => action)
  for (const same of byAction.values())
    expect(new Set(same.map(([, , commit]) => commit)).size).toBe(1)
})

describe.each(jobs)('$where', ({ permissions, steps, ...job }) => {
  test('names its system, not the latest one', () => {
    expect(job['runs-on']).toMatch(/^ubuntu-\d/)
  })

  test('may do nothing but what its steps need', () => {
    const needed = new Map<string, string | RegExp>([
      ['contents: write', 'gh release'],
      ['packages: write', 'docker/build-push-action'],
      ['attestations: write', 'actions/attest-build-provenance'],
      ['id-token: write', /cosign|google-github-actions\/auth|npm publish/],
    ])
    const done = steps.map(({ uses, run }) => uses ?? run).join('\n')
    for (const [scope, access] of Object.entries(permissions)) {
      if (access === 'write') expect(done).toMatch(needed.get(`${scope}: write`) ?? /$^/)
      else expect(scope).toBe('contents')
    }
  })

  test('runs scripts, stages and targets that are there', () => {
    const makefile = readFileSync('Makefile', 'utf8')
    const scripts = steps.map(({ run }) => run ?? '').join('\n')
    for (const [path] of scripts.matchAll(/\b(?:build|\.ci)\/[\w./-]+/g))
      expect(existsSync(path)).toBe(true)
    for (const [, target] of scripts.matchAll(/\bmake ([\w-]+)/g))
      expect(makefile).toMatch(new RegExp(`^${target ?? ''}: `, 'm'))
    for (const [stage] of scripts.matchAll(/\b\d\d-[\w-]+/g))
      expect(existsSync(`.ci/stages/${stage}.sh`)).toBe(true)
  })
})
