import { clockTime, duration, grouped } from '../../measure/sentences/words.ts'
import type { Verdicts } from '../../measure/verdicts.ts'
import { told } from '../run/told.ts'

/** Everything that is known in sentences, and every kind of failure. */
export function Findings({ verdicts }: { verdicts: Verdicts }) {
  const { failures } = verdicts
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">In words</h2>
      <dl class="findings">
        {told.map(([name, verdict]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{verdicts[verdict].sentence}</dd>
          </div>
        ))}
      </dl>
      {failures.kinds.length > 0 && <Failures failures={failures} />}
    </section>
  )
}

function Failures({ failures: { kinds, longestOutage } }: { failures: Verdicts['failures'] }) {
  return (
    <>
      <h2 id="failures">Failures</h2>
      <div class="scroll" role="region" aria-labelledby="failures" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">By</th>
              <th scope="col">Requests</th>
              <th scope="col">First</th>
              <th scope="col">Last</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(({ outcome, status, replica, count, first, last }) => (
              <tr key={`${outcome} ${status} ${replica}`}>
                <td>{status ?? whatOf[outcome] ?? outcome}</td>
                <td>{replica ?? (status === undefined ? '–' : 'the proxy')}</td>
                <td>{grouped(count)}</td>
                <td>{clockTime(first)}</td>
                <td>{clockTime(last)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {longestOutage && (
        <p>
          The longest gap without any success: {duration(longestOutage.length)}, from{' '}
          {clockTime(longestOutage.from)} to {clockTime(longestOutage.to)}.
        </p>
      )}
    </>
  )
}

const whatOf: Partial<Record<string, string>> = {
  timeout: 'no answer within 10 s',
  other: 'no connection',
}
