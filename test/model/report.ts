import type { Score } from './score.ts'

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${(100 * share(part, whole)).toFixed(1)} %`

const sizes = [
  { name: 'to 300', from: 0, to: 300 },
  { name: 'to 1 000', from: 301, to: 1000 },
  { name: 'more', from: 1001, to: Infinity },
]
const few = ({ scenario }: Score) => scenario.replicas <= 5
const sized =
  ({ from, to }: { from: number; to: number }) =>
  ({ scenario }: Score) =>
    scenario.requests >= from && scenario.requests <= to
const told = (outcome: Score['outcome']) => (one: Score) => one.outcome === outcome

function row(name: string, scores: Score[]): string[] {
  const fair = scores.filter((one) => one.fair)
  const known = scores.filter(({ covered }) => covered !== undefined)
  const count = (some: Score[], holds: (one: Score) => boolean) => some.filter(holds).length
  return [
    name,
    `${scores.length}`,
    percent(count(scores, told('right')), scores.length),
    percent(count(scores, told('cannot tell')), scores.length),
    percent(count(scores, told('wrong')), scores.length),
    percent(
      count(fair, ({ falseAlarms }) => falseAlarms.length > 0),
      fair.length,
    ),
    percent(
      count(known, ({ covered }) => covered === true),
      known.length,
    ),
  ]
}

/** The table by balancer and by size. */
export function renderScores(scores: Score[]): string {
  const names = [...new Set(scores.map(({ scenario }) => scenario.balancer))].sort()
  const rows = [
    ['', 'runs', 'right', 'cannot tell', 'wrong', 'false alarms', 'covered'],
    ...names.map((name) =>
      row(
        name,
        scores.filter(({ scenario }) => scenario.balancer === name),
      ),
    ),
    ...sizes.flatMap((size) => [
      row(`${size.name}, up to 5 replicas`, scores.filter(sized(size)).filter(few)),
      row(
        `${size.name}, more replicas`,
        scores.filter(sized(size)).filter((one) => !few(one)),
      ),
    ]),
    row(
      'independent choices',
      scores.filter(({ independent }) => independent),
    ),
    row('all', scores),
  ]
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  )
  return rows
    .map((cells) =>
      cells
        .map((cell, i) =>
          i === 0 ? cell.padEnd(widths?.[i] ?? 0) : cell.padStart(widths?.[i] ?? 0),
        )
        .join('  '),
    )
    .concat('', renderFeatures(scores))
    .join('\n')
}

/** What came of the features that only some runs have, a line each. */
function renderFeatures(scores: Score[]): string[] {
  const weights = scores.filter(({ weights: { covered } }) => covered !== undefined)
  const atRandom = weights.filter(({ independent }) => independent)
  const long = scores.filter(({ weights: { told } }) => told !== undefined)
  const cold = scores.filter(({ coldStarts }) => coldStarts !== undefined)
  const part = (some: Score[], holds: (one: Score) => boolean) =>
    `${percent(some.filter(holds).length, some.length)} of ${some.length}`
  return [
    `weights by version: covered ${part(weights, holdsWeights)}, at random ${part(atRandom, holdsWeights)}; told from the next ones ${part(long, ({ weights: { told } }) => told === true)}; as expected, and called different ${part(weights, weightsDiffer)}`,
    `cold starts: told ${part(cold, ({ coldStarts }) => coldStarts === true)}`,
  ]
}

const holdsWeights = ({ weights: { covered } }: Score) => covered === true
const weightsDiffer = ({ weights: { expected } }: Score) => expected === 'differs'

/** The goals that these scores miss. */
export function judgeScores(scores: Score[]): string[] {
  const rate = (some: Score[], holds: (one: Score) => boolean) =>
    share(some.filter(holds).length, some.length)
  const above = (requests: number) =>
    scores.filter((one) => one.scenario.requests > requests && few(one))
  const known = scores.filter(({ covered }) => covered !== undefined)
  const independent = known.filter((one) => one.independent)
  const covered = (one: Score) => one.covered === true
  const weights = scores.filter((one) => one.weights.covered !== undefined)
  const long = scores.filter((one) => one.weights.told !== undefined)
  const goals: [string, boolean][] = [
    ['99 % right or "cannot tell"', rate(scores, told('wrong')) <= 0.01],
    ['above 300 requests at most 30 % "cannot tell"', rate(above(300), told('cannot tell')) <= 0.3],
    ['above 1 000 at most 10 % "cannot tell"', rate(above(1000), told('cannot tell')) <= 0.1],
    [
      'at most 0.5 % false alarms of fair runs',
      rate(
        scores.filter(({ fair }) => fair),
        ({ falseAlarms }) => falseAlarms.length > 0,
      ) <= 0.005,
    ],
    ['intervals cover 94 % everywhere', rate(known, covered) >= 0.94],
    [
      'and 95 ± 1 % where choices are independent',
      Math.abs(rate(independent, covered) - 0.95) <= 0.01,
    ],
    ['those of versions cover 94 %', rate(weights, holdsWeights) >= 0.94],
    ['weights that are right differ in at most 0.5 %', rate(weights, weightsDiffer) <= 0.005],
    ['of long runs, weights are told from the next ones', long.every((one) => one.weights.told)],
  ]
  return goals.filter(([, met]) => !met).map(([goal]) => goal)
}

/**
 * Whether something got worse that a thousand runs can show: twice as many wrong verdicts, false alarms,
 * "cannot tell" of long runs or intervals that miss as the goals allow.
 */
export function gotWorse(scores: Score[]): boolean {
  const rate = (some: Score[], holds: (one: Score) => boolean) =>
    share(some.filter(holds).length, some.length)
  const alarmed = ({ falseAlarms }: Score) => falseAlarms.length > 0
  const fair = scores.filter((one) => one.fair)
  const known = scores.filter(({ covered }) => covered !== undefined)
  const long = scores.filter((one) => one.scenario.requests > 1000 && few(one))
  return (
    rate(scores, told('wrong')) > 0.02 ||
    rate(fair, alarmed) > 0.01 ||
    rate(long, told('cannot tell')) > 0.2 ||
    rate(known, ({ covered }) => covered === false) > 0.12 ||
    rate(scores.filter(holdsWeights), weightsDiffer) > 0.01
  )
}
