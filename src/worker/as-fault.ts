import type { FaultRecord } from '../store/tables.ts'
import { isFault, RemoteFault } from '../sync/fault.ts'

/** What is shown of a fault that no connector named. What was thrown is for the log: it means nothing to a reader. */
const OUR_FAULT =
  'Causeway itself failed here, not the tool; its log says how. It is tried again by itself. If it stays, report it with those lines of the log.'

/** Anything a connector throws that is no `RemoteFault` is a fault of ours: the outcome of a write is then not known. */
export const asFault = (thrown: unknown, fallback: 'unknown' | 'down'): RemoteFault => {
  if (isFault(thrown)) return thrown
  if (isDatabaseConflict(thrown))
    return new RemoteFault('conflict', 'two transactions met in the database', { cause: thrown })
  return new RemoteFault(fallback, OUR_FAULT, { cause: thrown })
}

export const isOurs = (fault: RemoteFault): boolean => fault.detail === OUR_FAULT

/** For the log alone: with the words of whatever was thrown, and where. */
export const faultForLog = (fault: RemoteFault): { readonly fault: string; readonly stack?: string } => {
  const { cause } = fault
  const words = cause instanceof Error ? cause.message : String(cause)
  return {
    fault: isOurs(fault) ? `${fault.kind}: unexpected: ${words}` : fault.message,
    ...(cause instanceof Error && cause.stack !== undefined ? { stack: cause.stack } : {}),
  }
}

export const faultRecord = (fault: RemoteFault, now: Date): FaultRecord => ({
  kind: fault.kind,
  detail: fault.detail,
  field: fault.field,
  at: now.toISOString(),
})

/** PostgreSQL ended a transaction so that another could go on (deadlock, serialisation): the round is simply run again. */
const isDatabaseConflict = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && (thrown.code === '40P01' || thrown.code === '40001')
