import type { ServeOptions } from '../server/contract.ts'

/** What keeps the process from starting. The message is one sentence for the person who started it. */
export class StartError extends Error {
  readonly exitCode: number

  /** @param exitCode 2 (the default) for a bad command, setting or port, 1 for an unhealthy replica */
  constructor(message: string, exitCode = 2) {
    super(message)
    this.exitCode = exitCode
  }
}

/** Why a server cannot listen, by the operating system's error code, and what to do next. */
const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is already in use; stop what listens there, or set % to another one',
  EACCES: 'needs more rights than this process has; set % to 1024 or more',
  EADDRNOTAVAIL: 'cannot be had on this HOST, which is not an address of this machine',
  ENOTFOUND: 'cannot be had on this HOST, which is not an address of this machine',
}

/**
 * Waits for a server that starts to listen.
 * @throws StartError that names the port and says what to do
 */
export async function explainListenError<T>(
  { port, portSetting = 'PORT' }: Pick<ServeOptions, 'port' | 'portSetting'>,
  listen: () => T | Promise<T>,
): Promise<T> {
  try {
    return await listen()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    const reason = reasons[code]?.replace('%', portSetting) ?? `cannot be had: ${code}`
    throw new StartError(`Port ${port} ${reason}.`)
  }
}

/** Runs a program; if it cannot start, prints why instead of a stack trace. */
export async function explainStartError(program: () => Promise<void>): Promise<void> {
  try {
    await program()
  } catch (cause) {
    if (!(cause instanceof StartError)) throw cause
    // What has started already, such as a server on another port, must not keep the process alive.
    process.stderr.write(`${cause.message}\n`, () => process.exit(cause.exitCode))
  }
}
