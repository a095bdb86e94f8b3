import { once } from 'node:events'
import { createInterface } from 'node:readline'
import * as v from 'valibot'
import { freePort } from './balancers/run-balancer.ts'
import { spawnProbe } from './run-probe.ts'

const Line = v.looseObject({ time: v.string(), change: v.string(), sentence: v.string() })
export type Line = v.InferOutput<typeof Line>

/** Starts `probe watch --json` from source; it ends with the test at the latest. */
export async function startWatch(url: string, ...args: string[]) {
  const port = await freePort()
  const options = ['--json', '--metrics-port', `${port}`]
  const { child, ended } = spawnProbe('watch', url, ...options, ...args)
  const lines: Line[] = []
  const arrived = new EventTarget()
  if (!child.stdout) throw new Error('no standard output')
  createInterface(child.stdout).on('line', (text) => {
    lines.push(v.parse(Line, JSON.parse(text)))
    arrived.dispatchEvent(new Event('line'))
  })
  return {
    child,
    ended,
    lines,
    metrics: `http://127.0.0.1:${port}/metrics`,
    /** The first line about this change that is not older than the call. */
    told: async (change: string): Promise<Line> => {
      for (let from = lines.length; ; from += 1) {
        while (lines.length <= from) await once(arrived, 'line')
        const line = lines[from]
        if (line?.change === change) return line
      }
    },
  }
}
