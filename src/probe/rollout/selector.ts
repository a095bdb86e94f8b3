import * as v from 'valibot'
import { UsageError } from '../exit-codes.ts'

const Requirement = v.object({
  key: v.string(),
  operator: v.picklist(['In', 'NotIn', 'Exists', 'DoesNotExist']),
  values: v.optional(v.array(v.string()), []),
})

const Deployment = v.object({
  spec: v.object({
    selector: v.object({
      matchLabels: v.optional(v.record(v.string(), v.string()), {}),
      matchExpressions: v.optional(v.array(Requirement), []),
    }),
  }),
})

function expressionOf({ key, operator, values }: v.InferOutput<typeof Requirement>): string {
  switch (operator) {
    case 'In':
      return `${key} in (${values.join(',')})`
    case 'NotIn':
      return `${key} notin (${values.join(',')})`
    case 'Exists':
      return key
    case 'DoesNotExist':
      return `!${key}`
  }
}

/** The selector of a deployment's pods, as kubectl takes it. @param json the deployment @throws UsageError */
export function readSelector(json: string): string {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Deployment), json)
  if (!read.success)
    throw new UsageError(`kubectl did not give a Deployment: ${read.issues[0].message}.`)
  const { matchLabels, matchExpressions } = read.output.spec.selector
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`)
  return [...labels, ...matchExpressions.map(expressionOf)].join(',')
}
