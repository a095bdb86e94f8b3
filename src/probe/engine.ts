import { setFlagsFromString } from 'node:v8'

const flags = [
  // A request passes through many small functions, most of them undici's: V8 may put more into one.
  '--max-inlined-bytecode-size-cumulative=4600',
  // Objects that do not outlive their request cost least in the young generation.
  '--no-allocation-site-pretenuring',
  // What the warm-up has run often is compiled then, and not when the requests count.
  '--invocation-count-for-turbofan=1000',
  '--concurrent-recompilation-queue-length=64',
  '--wasm-tiering-budget=1000000',
]

/** Sets V8 up for a load generator (docs/performance.md). To be called before the warm-up. */
export function tuneEngine(): void {
  for (const flag of flags) setFlagsFromString(flag)
}
