/** Resolves after so many seconds, or as soon as the client has left; no timer stays behind. */
export function pause(seconds: number, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      gone.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, seconds * 1000)
    gone.addEventListener('abort', end)
    if (gone.aborted) end()
  })
}
