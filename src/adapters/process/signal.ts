/** Resolves at the first SIGTERM or SIGINT; the second one ends the process at once. */
export function shutdownSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let signals = 0
    const receive = (signal: NodeJS.Signals) => {
      signals += 1
      if (signals > 1) process.exit(1)
      resolve(signal)
    }
    process.on('SIGTERM', receive)
    process.on('SIGINT', receive)
  })
}
