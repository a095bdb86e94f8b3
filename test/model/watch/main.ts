import { parseArgs } from 'node:util'
import { detectFailures, detectLoss } from './detection.ts'
import type { Case } from './detection.ts'
import { simulateMonth } from './month.ts'
import { sizeOf } from './size.ts'

const { values } = parseArgs({
  options: {
    months: { type: 'string', default: '10' },
    cases: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
})
const [months = 0, cases = 0, seed = 1] = [values.months, values.cases, values.seed].map(Number)
const goal = 30
const missed: string[] = []
const say = (line: string) => process.stdout.write(`${line}\n`)

say(`false alarms in each of ${months} months of 13 million requests to a target that is well`)
let most = 0
for (let month = 0; month < months; month += 1) {
  const sizes: number[] = []
  const { target, changes, falseAlarms } = simulateMonth(seed * 1_000_003 + month, 30, (watch) =>
    sizes.push(sizeOf(watch)),
  )
  if ((sizes.at(-1) ?? 0) > 1.1 * (sizes[0] ?? 0)) missed.push('memory that does not grow')
  most = Math.max(most, falseAlarms.length)
  const { balancer, replicas, background, announces } = target
  const kind = `${balancer}, ${replicas} replicas, ${(100 * background).toFixed(4)} % fail, ${announces ? 'draining announced' : 'nothing announced'}`
  say(
    `  ${falseAlarms.length}  (${kind}; ${changes} lines; ${sizes[0]} values kept after a day, ${sizes.at(-1)} after 30)`,
  )
  for (const alarm of falseAlarms) say(`     ${JSON.stringify(alarm)}`)
}
if (most > 1) missed.push('at most one false alarm in a month')

function detected(name: string, found: Case[], atLeast: number) {
  if (found.length === 0) return
  const seconds = found.map((one) => one.seconds).sort((a, b) => a - b)
  const within = seconds.filter((one) => one <= goal).length
  const at = (part: number) => (seconds[Math.floor(part * (seconds.length - 1))] ?? NaN).toFixed(1)
  say(
    `  ${name.padEnd(42)} ${within} of ${seconds.length} within ${goal} s; median ${at(0.5)} s, 99 % ${at(0.99)} s, longest ${at(1)} s`,
  )
  if (within < atLeast * seconds.length) missed.push(`${name}: told within ${goal} s`)
}
const each = (detect: (seed: number) => Case) =>
  Array.from({ length: cases }, (_, one) => detect(seed * 1_000_003 + one))

say(`${cases} drawn cases each, told at 5 requests a second`)
detected(
  'a lost replica of 2 to 8',
  each((one) => detectLoss(one, 2 + (one % 7), one % 2 === 0)),
  0.99,
)
detected(
  'a lost replica of 9 to 20, taken in turn',
  each((one) => detectLoss(one, 9 + (one % 12), true)),
  0.99,
)
detected(
  'a lost replica of 9 to 20, drawn at random',
  each((one) => detectLoss(one, 9 + (one % 12), false)),
  0,
)
const failing = each(detectFailures)
const usuallyFew = ({ target }: Case) => target.background < 1e-4
detected('5 % failures, usually below 0.01 %', failing.filter(usuallyFew), 0.9)
detected(
  '5 % failures, usually 0.01 to 0.1 %',
  failing.filter((one) => !usuallyFew(one)),
  0.8,
)
for (const one of missed) say(`missed: ${one}`)
process.exitCode = missed.length > 0 ? 1 : 0
