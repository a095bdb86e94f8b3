// Fetch §5.5: parts of the request as the content of a response.
import { framed, type Parts } from './parts.ts'
import type { Probe } from './probe.ts'

const looks: Readonly<Record<string, Probe['look']>> = {
  'its body': (r) => new Response(r.body),
  'its body, with its fields': (r) =>
    new Response(r.body, { headers: { 'content-type': r.headers.get('content-type') ?? 'x/y' } }),
  'the request as init': (r) => new Response(r.body, { headers: new Headers(r.headers) }),
  'the body of its clone': (r) => new Response(r.clone().body),
  'its text()': async (r) => new Response(await r.text()),
  'its arrayBuffer()': async (r) => new Response(await r.arrayBuffer()),
  'its bytes()': async (r) => new Response(await r.bytes()),
  'its blob()': async (r) => new Response(await r.blob()),
  'a slice of its blob()': async (r) => new Response((await r.blob()).slice(1, 3, 'x/z')),
  'its blob() as a stream': async (r) => new Response((await r.blob()).stream()),
  'a new Blob of its blob()': async (r) => new Response(new Blob([await r.blob(), '!'])),
  'a half of tee()': (r) => new Response(r.body?.tee()[0] ?? null),
  'its body through a stream': (r) =>
    new Response(r.body?.pipeThrough(new TransformStream()) ?? null),
}

const forms: Readonly<Record<string, Probe['look']>> = {
  'its formData()': async (r) => new Response(await r.formData()),
  'a value of its formData()': async (r) => new Response((await r.formData()).get('a')),
  'a file of its formData()': async (r) => new Response((await r.formData()).get('f')),
  'a new FormData of its files': async (r) => {
    const form = new FormData()
    for (const [name, value] of await r.formData()) form.append(`new-${name}`, value)
    return new Response(form)
  },
  'URLSearchParams of its formData()': async (r) => {
    const query = new URLSearchParams()
    for (const [name, value] of await r.formData())
      query.append(name, typeof value === 'string' ? value : value.name)
    return new Response(query)
  },
}

const named = (looks: Readonly<Record<string, Probe['look']>>, requests: [string, Parts][]) =>
  requests.flatMap(([of, parts]) =>
    Object.entries(looks).map(([name, look]) => ({ name: `${of}: ${name}`, parts, look })),
  )

export const answering: Probe[] = [
  ...named(
    looks,
    framed(['a text', 'bytes that are no UTF-8', 'no content', 'more than one packet']),
  ),
  ...named(forms, framed(['a form', 'a form with files'])),
]
