/** What keeps the process from starting. The message is one sentence for the person who started it. */
export class StartError extends Error {
  readonly exitCode: number

  /** @param exitCode 2 (the default) for a bad command, setting or port, 1 for an unhealthy replica */
  constructor(message: string, exitCode = 2) {
    super(message)
    this.exitCode = exitCode
  }
}
