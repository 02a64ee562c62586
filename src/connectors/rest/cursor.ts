import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'
import type { DeclarationShape } from './schema.ts'

/**
 * How far a pull has come. Pure. Times are the tool's own and compared with each other only.
 *
 * In a list sorted by the time of change the next page starts at the last time seen, not at page 2: rows that move to
 * the end while we read would shift the others and leave a hole. Only a page whose rows all have one time goes on by
 * page. At the end a little is looked back, because a change can be stamped before it can be seen.
 */
const Cursor = Type.Object({
  scope: Type.Union([Type.Literal('changes'), Type.Literal('all')]),
  /** ISO 8601; null for `all`. */
  since: Type.Union([Type.Null(), Type.String({ maxLength: 40 })]),
  /** Page number, offset, the tool's own cursor, or the address of the next page; null at the first. */
  page: Type.Union([Type.Null(), Type.String({ maxLength: 4_000 })]),
  /** The latest time of change seen in this run. */
  latest: Type.Union([Type.Null(), Type.String({ maxLength: 40 })]),
})
export type Cursor = Static<typeof Cursor>
const CheckedCursor = Compile(Cursor)

/** For a start without a cursor: the tool's clock may be behind ours by this much. */
const CLOCK_SLACK_MS = 10 * 60 * 1000
const DEFAULT_OVERLAP_SECONDS = 5

export const readCursor = (text: string | null, scope: Cursor['scope'], now: Date): Cursor => {
  if (text === null) {
    const since = scope === 'changes' ? new Date(now.getTime() - CLOCK_SLACK_MS).toISOString() : null
    return { scope, since, page: null, latest: null }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = null
  }
  if (CheckedCursor.Check(value) && value.scope === scope) return value
  throw new RemoteFault('invalid', 'the saved position of this connection cannot be read')
}

const later = (a: string | null, b: string | null): string | null => {
  if (a === null || b === null) return a ?? b
  return Date.parse(a) >= Date.parse(b) ? a : b
}

/**
 * The position after a page. `times`: when its items changed. `next`: what the tool says comes next; null at the end.
 */
export const advance = (
  cursor: Cursor,
  since: DeclarationShape['since'],
  times: readonly (string | null)[],
  next: string | null,
): { readonly cursor: Cursor; readonly more: boolean } => {
  const latest = times.reduce(later, cursor.latest)
  if (next === null) {
    if (cursor.scope === 'all') return { cursor, more: false }
    const overlapMs = (since?.overlap ?? DEFAULT_OVERLAP_SECONDS) * 1000
    const lookedBack = latest === null ? null : new Date(Date.parse(latest) - overlapMs).toISOString()
    // Never backwards: an empty answer must not make the next poll read more.
    return {
      cursor: { ...cursor, since: later(cursor.since, lookedBack), page: null, latest: null },
      more: false,
    }
  }
  const moved = latest !== null && cursor.since !== null && Date.parse(latest) > Date.parse(cursor.since)
  if (cursor.scope === 'changes' && since?.ascending === true && moved) {
    return { cursor: { ...cursor, since: latest, page: null, latest }, more: true }
  }
  return { cursor: { ...cursor, page: next, latest }, more: true }
}

/** A time as the tool's query wants it. */
export const sinceValue = (
  time: string,
  format: NonNullable<DeclarationShape['since']>['format'],
): string => {
  const ms = Date.parse(time)
  switch (format) {
    case 'epoch':
      return String(Math.floor(ms / 1000))
    case 'epoch-ms':
      return String(ms)
    case 'iso-seconds':
      return `${new Date(ms).toISOString().slice(0, 19)}Z`
    default:
      return new Date(ms).toISOString()
  }
}
