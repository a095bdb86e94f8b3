import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take long, because they start servers or wait for them. */
const slow = [
  'adapters/conformance.test.ts',
  'adapters/fetch-standard.test.ts',
  'adapters/serve.test.ts',
  'probe/watch.test.ts',
  'adapters/node/hostile/hostile.test.ts',
  'adapters/node/refusal/limits.test.ts',
]

/** Vitest begins with the largest files. If one of these came last, the other cores would have nothing to do. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = slow.findIndex((name) => moduleId.endsWith(`/test/${name}`))
      return at === -1 ? slow.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
