import type { VersionsVerdict } from '../replicas/versions.ts'
import { amount, duration } from './words.ts'

export function tellVersions({ versions }: VersionsVerdict): string {
  const [oldest, next] = versions
  if (!oldest) return 'Answers do not say their version.'
  if (!next) return `All answers that say their version came from version ${oldest.version}.`
  const names = versions
    .map(({ version, answers }) => `${version} (${amount(answers, 'answer')})`)
    .join(', then ')
  const together = oldest.last - next.first
  const overlap =
    together > 0
      ? `${oldest.version} and ${next.version} answered side by side for ${duration(together)}`
      : `the change from ${oldest.version} to ${next.version} was clean`
  return `${amount(versions.length, 'version')} answered: ${names}; ${overlap}.`
}
