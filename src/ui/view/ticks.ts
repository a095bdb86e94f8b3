import { useEffect, useReducer, useState } from 'preact/hooks'

/** Milliseconds between two drawings: moving lanes, or steps for those who want no motion. */
const smooth = 100
const calm = 1000

/** Draws anew all the time, while `running`. */
export function useTicks(running: boolean): void {
  const [, draw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    if (!running) return
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const timer = setInterval(draw, still ? calm : smooth, undefined)
    return () => {
      clearInterval(timer)
    }
  }, [running])
}

/** Whether nobody sees the page: then the browser slows its timers. */
export function useHidden(): boolean {
  const [hidden, setHidden] = useState(document.hidden)
  useEffect(() => {
    const update = () => {
      setHidden(document.hidden)
    }
    document.addEventListener('visibilitychange', update)
    return () => {
      document.removeEventListener('visibilitychange', update)
    }
  }, [])
  return hidden
}
