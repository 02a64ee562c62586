import { isFault } from '../sync/fault.ts'

/**
 * Tells "the database cannot be reached" from every other fault: the caller answers 503 and tries again later, and
 * nothing else is wrong. The pool makes new connections by itself, so nothing needs a restart afterwards.
 */
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
/** Class 08: connection exceptions; 57P01–57P03: shutting down, crashed, starting up; 53300: too many connections. */
const SERVER_CODES = /^(08...|57P0[123]|53300)$/
/** What `pg` says without a code. */
const MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|Cannot use a pool after calling end|driver has already been destroyed)/i

export const isDatabaseLost = (thrown: unknown): boolean => {
  // a tool's socket breaks with the same codes as ours to the database
  if (!(thrown instanceof Error) || isFault(thrown)) return false
  if (thrown instanceof AggregateError && thrown.errors.some(isDatabaseLost)) return true
  const { code } = thrown as NodeJS.ErrnoException
  if (code !== undefined && (SERVER_CODES.test(code) || (SOCKET_CODES.has(code) && isSocketFault(thrown))))
    return true
  return MESSAGES.test(thrown.message) || (thrown.cause !== undefined && isDatabaseLost(thrown.cause))
}

/** A missing file is ENOENT too, but was not a `connect`. */
const isSocketFault = (error: NodeJS.ErrnoException): boolean =>
  error.code !== 'ENOENT' || error.syscall === 'connect'

/** No room for a row, a file or a write-ahead segment (class 53, disk full). */
export const isStorageFull = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  ['53100', 'ENOSPC', 'EDQUOT'].includes((thrown as NodeJS.ErrnoException).code ?? '')
