import { destination, type Logger, pino } from 'pino'
import type { LogLevel } from '../config.ts'

export type Log = Logger

/** Members whose value never reaches the log, wherever they stand in what is logged (two levels deep). */
const SECRET_MEMBERS = [
  'authorization',
  'cookie',
  'token',
  'oneTimeToken',
  'secret',
  'secrets',
  'password',
  'apiKey',
  'key',
  'databaseUrl',
  'connectionString',
]

/** JSON lines on stderr: stdout is for the person who starts the program. */
export const openLog = (level: LogLevel): Log =>
  pino(
    {
      level,
      base: { pid: process.pid },
      redact: {
        paths: SECRET_MEMBERS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[secret]',
      },
    },
    destination({ dest: 2, sync: false }),
  )
