import { InvalidArgumentError } from '@commander-js/extra-typings'
import { readShare } from './quantities.ts'

/** Ways in which a balancer may spread requests. */
const spreads = ['even', 'round-robin', 'sticky', 'random'] as const
export type Spread = (typeof spreads)[number]

/** What `--expect` may say: a way of spreading, weights by name, or the least share (0 to 1) of one's own zone. */
export type Expect = Spread | { weights: ReadonlyMap<string, number> } | { sameZone: number }

const weight = /^(.+):(\d+(?:\.\d+)?)$/

/** `v1:90,v2:10`: whatever stands before the last colon is a name. */
function parseWeights(text: string): ReadonlyMap<string, number> {
  const entries = text.split(',').map((part): [string, number] => {
    const [, name = '', number = ''] = weight.exec(part.trim()) ?? []
    return [name, Number(number || NaN)]
  })
  const weights = new Map(entries)
  const sum = entries.reduce((total, [, number]) => total + number, 0)
  if (!(sum > 0))
    throw new InvalidArgumentError(
      'Weights are names and numbers that are not all 0: weights=v1:90,v2:10.',
    )
  if (weights.size < entries.length)
    throw new InvalidArgumentError('Each name has one weight: weights=v1:90,v2:10.')
  return weights
}

function parseSameZone(text: string): number {
  const share = readShare(text)
  if (share === undefined || share > 1)
    throw new InvalidArgumentError('It must be a percentage: same-zone=95%.')
  return share
}

/** Adds what `--expect` says. @throws InvalidArgumentError */
export function addExpect(text: string, previous: Expect[] = []): Expect[] {
  const [, what, value = ''] = /^(weights|same-zone)=(.*)$/.exec(text) ?? []
  if (what === 'weights') return [...previous, { weights: parseWeights(value) }]
  if (what === 'same-zone') return [...previous, { sameZone: parseSameZone(value) }]
  const spread = spreads.find((known) => known === text)
  if (!spread)
    throw new InvalidArgumentError(
      `It must be one of ${spreads.join(', ')}, weights=v1:90,v2:10, same-zone=95%.`,
    )
  return [...previous, spread]
}
