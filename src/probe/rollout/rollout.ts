import type { Loss } from './blame.ts'
import type { PodHistory } from './pods.ts'

/** What a rollout did to the pods, and to requests. Times in Unix milliseconds. */
export interface Rollout {
  /** `NAMESPACE/DEPLOYMENT`. */
  deployment: string
  started: number
  /** When its old pods had ended. */
  ended: number
  /** Why it is not complete (absent: it is). */
  incomplete?: string | undefined
  pods: PodHistory[]
  losses: Loss[]
}
