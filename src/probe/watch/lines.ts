import { styleText } from 'node:util'
import { clockTime } from '../../measure/sentences/words.ts'
import { tellChange } from '../../measure/sentences/watch.ts'
import { type Change, conditions } from '../../measure/watch/change.ts'

/** The log of a watch: one line for each thing that is told. */
export interface Lines {
  /** @param more stands behind what is told of every such change */
  change(change: Change, more?: string): void
  /** What is no change of the target. @param at Unix ms */
  say(at: number, kind: 'begun' | 'held-up' | 'ended', sentence: string): void
}

type Format = 'red' | 'green' | 'dim'

function formatOf({ change }: Change): Format | undefined {
  if (conditions.some((condition) => condition === change)) return 'red'
  return change.endsWith('-over') || change === 'replica-back' ? 'green' : undefined
}

const iso = (time: number) => new Date(time).toISOString()

/** For people: the time of day, and a line of its own for the date wherever that is another. */
function createText(stream: NodeJS.WriteStream): Lines {
  let day = ''
  const write = (at: number, sentence: string, format?: Format) => {
    const today = new Date(at).toLocaleDateString('sv-SE')
    if (today !== day) stream.write(`${today}\n`)
    day = today
    const line = `${clockTime(at)} ${sentence}`
    stream.write(`${format === undefined ? line : styleText(format, line, { stream })}\n`)
  }
  return {
    change(change, more = '') {
      write(change.at, tellChange(change) + more, formatOf(change))
    },
    say(at, _kind, sentence) {
      write(at, sentence, 'dim')
    },
  }
}

/** For programs: an object a line. */
function createJson(stream: NodeJS.WriteStream): Lines {
  const write = (value: object) => void stream.write(`${JSON.stringify(value)}\n`)
  return {
    change(told, more = '') {
      const { at, change, ...details } = told
      const since = 'since' in told ? { since: iso(told.since) } : {}
      write({ time: iso(at), change, sentence: tellChange(told) + more, ...details, ...since })
    },
    say(at, kind, sentence) {
      write({ time: iso(at), change: kind, sentence })
    },
  }
}

export function createLines(stream: NodeJS.WriteStream, json: boolean): Lines {
  return json ? createJson(stream) : createText(stream)
}
