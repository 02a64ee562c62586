import { destination, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino'
import type { LogLevel } from '../config.ts'

export type Log = Logger

/**
 * Members whose value never reaches the log, wherever they stand in what is logged (two levels deep), by their whole
 * name: a member called `key` is the key of a record or a connection, which a log is useless without.
 */
const SECRET_MEMBERS = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-redmine-api-key',
  'token',
  'oneTimeToken',
  'accessToken',
  'secret',
  'secrets',
  'webhookSecret',
  'password',
  'apiKey',
  'masterKey',
  'databaseUrl',
  'connectionString',
]

const pathsTo = (member: string): readonly string[] =>
  ['', '*', '*.*'].map((above) =>
    /^\w+$/.test(member) ? [above, member].filter((part) => part !== '').join('.') : `${above}["${member}"]`,
  )

/** Members of a database's error that quote rows: people's words, which no log needs. */
const QUOTING_MEMBERS = ['detail', 'where', 'parameters', 'internalQuery']

const serializeError = (error: Error): object => {
  const shown: Record<string, unknown> = { ...stdSerializers.err(error) }
  for (const member of QUOTING_MEMBERS) delete shown[member]
  return shown
}

/** JSON lines on stderr: stdout is for the person who starts the program. */
export const openLog = (level: LogLevel): Log =>
  pino(logOptions(level), destination({ dest: 2, sync: false }))

export const logOptions = (level: LogLevel): LoggerOptions => ({
  level,
  base: { pid: process.pid },
  serializers: { err: serializeError },
  redact: { paths: SECRET_MEMBERS.flatMap(pathsTo), censor: '[secret]' },
})
