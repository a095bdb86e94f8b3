import { pino, type Logger } from 'pino'
import type { Replica } from '../../handler/replica.ts'
import type { Config } from './config.ts'

/** JSON lines on stdout, written at once so that nothing is lost on exit. */
export function createLog(level: Config['logLevel'], replica: Replica): Logger {
  return pino({
    level,
    base: { hostname: replica.hostname, boot: replica.bootId },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  })
}
