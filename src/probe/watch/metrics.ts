import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { isTimed, type Observation, outcomes } from '../../measure/observation.ts'
import { conditions } from '../../measure/watch/change.ts'
import { conditionsOf, membersOf, type Watch } from '../../measure/watch/watch.ts'
import { counters, metricPrefix } from '../counters.ts'
import type { Target } from '../transport/target.ts'

/** What a watch has counted, for Prometheus. */
export interface Metrics {
  /** Counts a request that has ended. */
  observe(observation: Observation): void
  restarted(): void
  readonly registry: Registry
}

const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The names are those of `--openmetrics`, where that has the same. */
export function createMetrics({ url, method }: Target, watch: Watch, version: string): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: `${counters.requests.name}_total`,
    help: counters.requests.help,
    registers,
  })
  const failures = new Counter({
    name: `${counters.failures.name}_total`,
    help: counters.failures.help,
    labelNames: ['outcome'],
    registers,
  })
  // Every one, so that a series is there before the first failure.
  for (const outcome of outcomes) if (outcome !== 'answered') failures.inc({ outcome }, 0)
  const responses = new Counter({
    name: `${counters.responses.name}_total`,
    help: counters.responses.help,
    labelNames: ['status'],
    registers,
  })
  const restarts = new Counter({
    name: `${counters.restarts.name}_total`,
    help: counters.restarts.help,
    registers,
  })
  const duration = new Histogram({
    name: `${metricPrefix}_duration_seconds`,
    help: 'From when a request was due to the end of its response; time-outs included.',
    buckets: bounds,
    registers,
  })
  // Of those who are expected, so that who is gone leaves nothing behind.
  new Counter({
    name: `${metricPrefix}_answers_total`,
    help: 'Responses by the replica that they name, since it is known.',
    labelNames: ['replica'],
    registers,
    collect() {
      this.reset()
      for (const { replica, answers } of membersOf(watch)) this.inc({ replica }, answers)
    },
  })
  new Gauge({
    name: `${metricPrefix}_replica_lost`,
    help: '1 while a replica gives no answer although it is expected to, otherwise 0.',
    labelNames: ['replica'],
    registers,
    collect() {
      this.reset()
      for (const { replica, lost } of membersOf(watch))
        this.set({ replica }, Number(lost !== undefined))
    },
  })
  new Gauge({
    name: `${metricPrefix}_replicas`,
    help: 'Replicas that answer.',
    registers,
    collect() {
      this.set(membersOf(watch).filter(({ lost }) => lost === undefined).length)
    },
  })
  new Gauge({
    name: `${metricPrefix}_condition`,
    help: 'What is wrong at the moment: 1, or the number of replicas that it is about; otherwise 0.',
    labelNames: ['condition'],
    registers,
    collect() {
      const held = conditionsOf(watch)
      for (const condition of conditions) this.set({ condition }, held[condition])
    },
  })
  new Gauge({
    name: `${metricPrefix}_target_info`,
    help: 'Always 1; the labels say what was asked.',
    labelNames: ['url', 'method'],
    registers,
  }).set({ url: url.origin + url.pathname, method }, 1)
  new Gauge({
    name: `${metricPrefix}_build_info`,
    help: 'Always 1; the label says which version runs.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1)

  return {
    observe({ outcome, status, due, done }) {
      requests.inc()
      if (outcome !== 'answered') failures.inc({ outcome })
      if (status !== undefined) responses.inc({ status })
      if (isTimed(outcome)) duration.observe((done - due) / 1000)
    },
    restarted() {
      restarts.inc()
    },
    registry,
  }
}
