import { sayHold } from '../domain/hold-words.ts'
import { fingerprint } from '../lib/stable.ts'
import { STATUS_PAIR } from './mirror-base.ts'
import type { Hold, PlannedOperation } from './plan.ts'

/**
 * Stops writes that would go on for ever: two bots fighting over a field, a tool that changes what it is given each
 * time. Counted per field of one mirror over ten minutes: a value written again and again, or very many different
 * ones. The field is held for a person; everything else flows on.
 */
export interface WriteRecord {
  readonly field: string
  /** ISO 8601. */
  readonly at: string
  /** Fingerprint of what was sent. */
  readonly value: string
}

const WINDOW_MS = 10 * 60_000
/** Writes of a field in the window, when values repeat. */
const MAX_REPEATING = 5
/** Writes of a field in the window, whatever the values. */
const MAX_ANY = 30

const fieldsOf = (
  planned: PlannedOperation,
): readonly { readonly field: string; readonly value: string }[] => [
  ...planned.fields.map((write) => ({ field: write.pair, value: fingerprint(write.sent) })),
  ...(planned.status === null ? [] : [{ field: STATUS_PAIR, value: fingerprint(planned.status.tool) }]),
  ...(planned.operation.op === 'comment.edit'
    ? [{ field: `comment:${planned.operation.commentId}`, value: fingerprint(planned.operation.text) }]
    : []),
]

/** The records still in the window, with what is about to be written. */
export const recordWrites = (
  records: readonly WriteRecord[],
  planned: readonly PlannedOperation[],
  now: Date,
): readonly WriteRecord[] => [
  ...records.filter((record) => now.getTime() - Date.parse(record.at) < WINDOW_MS),
  ...planned.flatMap(fieldsOf).map((write) => ({ ...write, at: now.toISOString() })),
]

const isTooMuch = (field: string, value: string, records: readonly WriteRecord[]): boolean => {
  const values = records.filter((record) => record.field === field).map((record) => record.value)
  if (values.length >= MAX_ANY) return true
  return values.length >= MAX_REPEATING && values.includes(value)
}

const holdFor = (field: string, value: unknown): Hold => ({
  field,
  code: 'breaker',
  ...sayHold('breaker'),
  value,
})

/** Splits planned calls into those that may go and the holds for those that may not. */
export const applyBreaker = (
  planned: readonly PlannedOperation[],
  records: readonly WriteRecord[],
  now: Date,
): { readonly go: readonly PlannedOperation[]; readonly holds: readonly Hold[] } => {
  const recent = records.filter((record) => now.getTime() - Date.parse(record.at) < WINDOW_MS)
  const holds: Hold[] = []
  const go = planned.flatMap((one): readonly PlannedOperation[] => {
    const stopped = fieldsOf(one).filter((write) => isTooMuch(write.field, write.value, recent))
    if (stopped.length === 0) return [one]
    for (const write of stopped) holds.push(holdFor(write.field, write.value))
    if (one.operation.op !== 'update') return []
    const blocked = new Set(stopped.map((write) => write.field))
    const fields = one.fields.filter((write) => !blocked.has(write.pair))
    if (fields.length === 0) return []
    const left = new Set(fields.map((write) => write.tool))
    const operation = {
      ...one.operation,
      fields: Object.fromEntries(Object.entries(one.operation.fields).filter(([name]) => left.has(name))),
    }
    return [{ ...one, operation, fields }]
  })
  return { go, holds }
}
