import { json } from '../answer.ts'
import { describe, readBounded } from '../bounded.ts'
import { pause } from '../pause.ts'
import { problem } from '../problem.ts'
import type { Route } from '../router.ts'
import type { Settings } from '../settings.ts'

const delays = { least: 0, most: 600 }

/** Answers after so many seconds, unless the client leaves before. */
export function delay({ buffered }: Settings): Route {
  return async (_replica, { request, parameter }) => {
    const seconds = readBounded(parameter, delays)
    if (seconds === undefined)
      return problem(400, `The delay must be ${describe(delays)} (seconds).`)
    if (buffered && seconds > buffered.seconds)
      return problem(501, `On this runtime no answer may take more than ${buffered.seconds} s.`)
    await pause(seconds, request.signal)
    return json({ delay: seconds })
  }
}
