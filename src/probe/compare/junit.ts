import { compared as names } from '../../measure/compare/decision.ts'
import { renderSuite } from '../report/junit/suite.ts'
import type { ComparedRuns } from './compare.ts'
import { cautions } from './rows.ts'

/** The comparison as JUnit's XML: a test for each thing that is compared, which fails where it got worse. */
export function renderJunit(compared: ComparedRuns): string {
  const { after, comparison } = compared
  const cases = names.map((name) => {
    const { change, sentence } = comparison.changes[name]
    const output = [sentence, ...cautions(compared)].join('\n')
    return change === 'worse'
      ? { name, wrong: { element: 'failure' as const, message: sentence }, output }
      : { name, output }
  })
  const targets = [...new Set(after.map(({ url }) => url))].join(', ')
  return renderSuite('compare', targets, cases, {
    began: Math.min(...after.map(({ started }) => started)),
    ended: Math.max(...after.map(({ ended }) => ended)),
  })
}
