/** What the process says when it ends; stable, because scripts read it. */
export const exitCodes = { asExpected: 0, notAsExpected: 1, usage: 2, nothingAnswered: 3 } as const

/** Something that the user has to put right; the message is for them. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The target's name has no address, so nothing can answer; the message says what to look at. */
export class UnknownHostError extends Error {
  override name = 'UnknownHostError'
}
