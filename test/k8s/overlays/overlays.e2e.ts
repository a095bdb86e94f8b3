import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { objects as base } from '../manifest.ts'
import { combinations, components, componentsInTree } from './components.ts'
import { render } from './render.ts'
import { AnyObject, unknownFields } from './schema.ts'

const clusterScoped = ['Namespace']

/** Paths of what an API server drops, so that `kubectl diff` shows it for ever. */
function droppedByTheServer(value: unknown, path = ''): string[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return [path]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, field]) =>
    droppedByTheServer(field, `${path}/${name}`),
  )
}

test('every component in deploy/ says here what it promises', () => {
  expect(componentsInTree()).toEqual(Object.keys(components).toSorted())
})

test('the base is k8s.yaml, unchanged', () => {
  const rendered = render([])
  expect(rendered).toHaveLength(base.length)
  expect(rendered).toEqual(expect.arrayContaining(base))
})

describe.each(combinations().map((chosen) => ({ chosen, name: chosen.join(' ') || 'nothing' })))(
  'with $name',
  ({ chosen }) => {
    const objects = render(chosen)
    const known = objects.map((object) => v.parse(AnyObject, object))

    test('each object is valid by its API schema', () => {
      for (const object of known) expect(unknownFields(object), object.kind).toEqual([])
    })

    test('each object is there once, in the namespace, and belongs to served-by', () => {
      const ids = known.map(({ apiVersion, kind, metadata }) =>
        [apiVersion, kind, metadata.name].join(' '),
      )
      expect(ids).toEqual([...new Set(ids)])
      for (const { kind, metadata } of known) {
        const namespace = clusterScoped.includes(kind) ? undefined : 'served-by'
        expect(metadata.namespace, `${kind} ${metadata.name}`).toBe(namespace)
        expect(metadata.labels).toMatchObject({
          'app.kubernetes.io/part-of': 'served-by',
          'app.kubernetes.io/managed-by': 'kubectl',
        })
      }
    })

    test('an apply leaves nothing for kubectl diff to show', () => {
      for (const object of known) expect(droppedByTheServer(object), object.kind).toEqual([])
    })

    test.each(Object.entries(components))('%s', (name, promises) => {
      if (chosen.includes(name)) promises.with(objects)
      else promises.without(objects)
    })
  },
)
