import { byteStream } from '../faults/byte-stream.ts'
import { describe, readBounded } from '../bounded.ts'
import { problem } from '../problem.ts'
import type { Route } from '../router.ts'
import type { Settings } from '../settings.ts'

const sizes = { least: 0, most: 104_857_600, whole: true }
const durations = { least: 0, most: 600 }

/** Answers exactly so many bytes, as fast as the client reads, or spread over `?over=` seconds. */
export function bytes({ buffered }: Settings): Route {
  return (_replica, { request, parameter }) => {
    const length = readBounded(parameter, sizes)
    if (length === undefined) return problem(400, `The number of bytes must be ${describe(sizes)}.`)
    const over = readBounded(new URL(request.url).searchParams.get('over') ?? '0', durations)
    if (over === undefined)
      return problem(400, `The parameter over must be ${describe(durations)} (seconds).`)
    if (buffered && (length > buffered.bytes || over > buffered.seconds))
      return problem(
        501,
        `On this runtime no answer may have more than ${buffered.bytes} bytes or take more than ${buffered.seconds} s.`,
      )
    const body = byteStream(length, over)
    return { status: 200, type: 'application/octet-stream', body, length }
  }
}
