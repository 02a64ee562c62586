import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { type Change, changesOf, checkLine } from './field-rules.ts'

/** What creating a record of the organisation answers: find it again by either. */
export interface Named {
  readonly id: string
  readonly key: string
}

/** The key or e-mail belongs to another already. */
export const taken = (
  noun: string,
  key: string,
  field: string,
  existing: Named | null,
): Result<never, Refusal> =>
  err(
    refuse('in-use', `There is a ${noun} ${key} already.`, {
      field,
      ...(existing === null ? {} : { existing: { kind: noun, ...existing } }),
    }),
  )

/** A name that may be left out. */
export const checkName = (name: string | undefined): Result<{ readonly name?: string }, Refusal> => {
  if (name === undefined) return ok({})
  const line = checkLine(name, '/set/name')
  return line.ok ? ok({ name: line.value }) : line
}

/** Archived records stay where they are named, and are offered nowhere new. */
export const archivedAt = (
  archived: boolean | undefined,
  before: Date | null,
  now: Date,
): { readonly archived_at?: Date | null } =>
  archived === undefined ? {} : { archived_at: archived ? (before ?? now) : null }

/** The changed columns of a row, by column; empty: nothing changes. */
export const columnChanges = (
  row: object,
  patch: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Change>> => {
  const same = Object.fromEntries(Object.keys(patch).map((column) => [column, column]))
  const changes = changesOf(same, row as Readonly<Record<string, unknown>>, patch)
  return Object.fromEntries(
    Object.entries(changes).flatMap(([name, change]) => (change ? [[name, change]] : [])),
  )
}
