import { Ajv2020 } from 'ajv/dist/2020.js'
import * as v from 'valibot'
import { expect } from 'vitest'
import { ask as askOnly, type Reply } from '../client.ts'

const responseObject = v.object({
  headers: v.record(v.string(), v.unknown()),
  content: v.optional(v.record(v.string(), v.unknown())),
})
const document = v.object({
  paths: v.record(
    v.string(),
    v.record(v.string(), v.object({ responses: v.record(v.string(), v.unknown()) })),
  ),
  components: v.object({ responses: v.record(v.string(), v.unknown()) }),
})

/** What a replica promises in its `/openapi.json`. */
interface Contract {
  /** Throws if a reply is none of those that it promises for such a request. */
  check(method: string, path: string, reply: Reply): void
}

/** With these statuses a body is left out whatever the document says of its content. */
const withoutContent = new Set([204, 205, 304])

function createContract(text: string): Contract {
  const parsed: unknown = JSON.parse(text)
  const { paths, components } = v.parse(document, parsed)
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'http://contract/', ...v.parse(v.looseObject({}), parsed) })

  const find = (path: string) => {
    const template = path.replace(/\/[^/]*$/, '/{')
    const key = Object.keys(paths).find((one) => one === path || one.startsWith(template))
    return key === undefined ? undefined : { key, operations: paths[key] ?? {} }
  }
  const resolve = (response: unknown) => {
    const reference = v.safeParse(v.object({ $ref: v.string() }), response)
    if (!reference.success) return response
    return components.responses[reference.output.$ref.replace(/^.*\//, '')]
  }
  const checkBody = (pointer: string, { body }: Reply) => {
    const validate = ajv.compile({ $ref: `http://contract/#${pointer}` })
    expect(validate(JSON.parse(body)), ajv.errorsText(validate.errors)).toBe(true)
  }
  const checkProblem = (status: number, reply: Reply) => {
    expect(reply.status).toBe(status)
    expect(reply.headers['content-type']).toBe('application/problem+json')
    if (reply.body !== '') checkBody('/components/schemas/Problem', reply)
  }

  return {
    check(method, path, reply) {
      // A few refusals come from the runtime itself: that is a deviation, and documented as one.
      if (reply.headers['served-by'] === undefined && reply.status >= 400) return
      const { pathname } = new URL(path, 'http://replica')
      const found = find(pathname)
      if (!found) {
        checkProblem(404, reply)
        return
      }
      if (method === 'OPTIONS') {
        expect(reply.status).toBe(204)
        return
      }
      const { key, operations } = found
      const operation =
        operations[method.toLowerCase()] ?? (method === 'HEAD' ? operations['get'] : undefined)
      if (!operation) {
        checkProblem(405, reply)
        return
      }
      const { status } = reply
      const range = `${Math.floor(status / 100)}XX`
      const documented = [`${status}`, range].find((one) => one in operation.responses)
      expect(documented, `${method} ${key}: ${status} is not documented`).toBeDefined()
      const response = v.parse(responseObject, resolve(operation.responses[documented ?? '']))
      for (const name of Object.keys(response.headers))
        expect(Object.keys(reply.headers)).toContain(name.toLowerCase())
      const type = reply.headers['content-type']?.toString()
      if (withoutContent.has(status)) return
      expect(Object.keys(response.content ?? {})).toContain(type)
      if (!type?.endsWith('json') || reply.body === '') return
      const schema =
        key === '/openapi.json' ? undefined : pointerTo(key, operation, documented, type)
      if (schema !== undefined) checkBody(schema, reply)
    },
  }

  /** Where the schema of a body stands in the document. */
  function pointerTo(key: string, operation: object, documented = '', type = ''): string {
    const operations = paths[key] ?? {}
    const [method = ''] = Object.entries(operations).find(([, one]) => one === operation) ?? []
    const reference = v.safeParse(
      v.object({ $ref: v.string() }),
      operations[method]?.responses[documented],
    )
    const base = reference.success
      ? reference.output.$ref.slice(1)
      : `/paths/${escape(key)}/${method}/responses/${documented}`
    return `${base}/content/${escape(type)}/schema`
  }
}

/** A name within a JSON Pointer (RFC 6901 §3), in the fragment of a URL. */
function escape(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}

const contracts = new Map<string, Promise<Contract>>()

/** The contract of a replica, read once. */
function contractOf(url: string): Promise<Contract> {
  const known = contracts.get(url)
  if (known) return known
  const contract = askOnly(url, '/openapi.json').then(({ body }) => createContract(body))
  contracts.set(url, contract)
  return contract
}

/** Asks as a client does, and checks that what comes is what `/openapi.json` promises. */
export async function ask(...[url, path = '/', options = {}]: Parameters<typeof askOnly>) {
  const contract = await contractOf(url)
  const reply = await askOnly(url, path, options)
  contract.check(options.method ?? 'GET', path, reply)
  return reply
}
