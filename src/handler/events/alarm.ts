/** Waits for a time, or until it is rung before that. */
export interface Alarm {
  /** Resolves after so many milliseconds, or when it is rung or stopped. */
  wait(milliseconds: number): Promise<void>
  readonly ring: () => void
  /** Ends it for good; no timer stays behind. */
  stop(): void
  readonly stopped: boolean
}

export function createAlarm(): Alarm {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let resolve: (() => void) | undefined

  const ring = () => {
    clearTimeout(timer)
    resolve?.()
    resolve = undefined
  }
  return {
    ring,
    wait: (milliseconds) =>
      new Promise((done) => {
        resolve = done
        timer = setTimeout(ring, milliseconds)
      }),
    stop() {
      stopped = true
      ring()
    },
    get stopped() {
      return stopped
    },
  }
}
