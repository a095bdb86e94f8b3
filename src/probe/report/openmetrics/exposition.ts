/**
 * The text format of OpenMetrics 1.0, which Prometheus, GitLab and the Pushgateway read.
 * Types that older readers of the Prometheus format do not know (info, stateset) are not used.
 */
export interface Family {
  /** Without `_total`, and with its unit at the end. */
  name: string
  type: 'counter' | 'gauge' | 'summary'
  /** A base unit: `seconds`, `ratio`. */
  unit?: 'seconds' | 'ratio' | undefined
  help: string
  samples: Sample[]
}

export interface Sample {
  labels?: Readonly<Record<string, string>> | undefined
  value: number
  /** Of a summary: how many there were, instead of a quantile. */
  count?: boolean | undefined
}

/** What such a text is served as. */
export const openMetricsType = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

const escapes = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
])
const escaped = (text: string) => text.replace(/[\\"\n]/g, (found) => escapes.get(found) ?? found)

function labelsOf(labels: Sample['labels'] = {}): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}

function linesOf({ name, type, unit, help, samples }: Family): string[] {
  const suffix = (count: boolean) => (type === 'counter' ? '_total' : count ? '_count' : '')
  return [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escaped(help)}`,
    ...samples.map(
      ({ labels, value, count = false }) => `${name}${suffix(count)}${labelsOf(labels)} ${value}`,
    ),
  ]
}

/** Families in the text format. Values are finite. */
export function exposition(families: readonly Family[]): string {
  return [...families.flatMap(linesOf), '# EOF', ''].join('\n')
}
