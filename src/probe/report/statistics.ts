import { duration, grouped, percent } from '../../measure/sentences/words.ts'
import type { Verdicts } from '../../measure/verdicts.ts'

const decimals = (value: number) => `${Number(value.toPrecision(3))}`

/** The figures behind the verdicts, for those who want to check them: title and figures. */
export function statistics({
  balance,
  order,
  pinning,
  latency,
  pace,
}: Verdicts): [string, string][] {
  const { turns } = order
  const { p50, p99, max } = latency.lateness
  const late = `its own lateness: p50 ${duration(p50)}, p99 ${duration(p99)}, max ${duration(max)}`
  // Without a rate nothing is due.
  const lateness: [string, string][] = pace.verdict === 'closed' ? [] : [['Probe', late]]
  const shares: [string, string][] = [
    [
      'Balance',
      `chi-square ${decimals(balance.chiSquare)} over ${balance.degreesOfFreedom} degrees of freedom, p ${decimals(balance.p)}, dispersion ${decimals(balance.dispersion)}; furthest from even ${percent(balance.skew)}; counted: ${balance.unit}`,
    ],
  ]
  return [
    // Of one replica there is nothing to compare.
    ...(balance.replicas.length > 1 ? shares : []),
    [
      'Order',
      turns.decisive
        ? `over windows of ${turns.decisive.window} answers counts vary ${decimals(turns.decisive.ratio)} times as much as by chance (p ${decimals(Math.min(turns.decisive.pLow, turns.decisive.pHigh))}); preference for the idle ${decimals(turns.preferenceContested)} and ${decimals(turns.preferenceUnequal)}`
        : 'too few answers for any window',
    ],
    [
      'Pinning',
      `${grouped(pinning.sameReplica)} of ${grouped(pinning.further)} further requests on a connection by the same replica, by chance ${percent(pinning.expected)}`,
    ],
    ...lateness,
  ]
}
