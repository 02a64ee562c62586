import { destination, type Logger, pino, stdSerializers } from 'pino'
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

/** Members of a database's error that quote rows: people's words, which no log needs. */
const QUOTING_MEMBERS = ['detail', 'where', 'parameters', 'internalQuery']

const serializeError = (error: Error): object => {
  const shown: Record<string, unknown> = { ...stdSerializers.err(error) }
  for (const member of QUOTING_MEMBERS) delete shown[member]
  return shown
}

/** JSON lines on stderr: stdout is for the person who starts the program. */
export const openLog = (level: LogLevel): Log =>
  pino(
    {
      level,
      base: { pid: process.pid },
      serializers: { err: serializeError },
      redact: {
        paths: SECRET_MEMBERS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[secret]',
      },
    },
    destination({ dest: 2, sync: false }),
  )
