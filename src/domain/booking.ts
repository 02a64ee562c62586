import { err, ok, type Result } from '../lib/result.ts'
import { type Refusal, refuse } from './refusal.ts'

/** A time in whole minutes, from its first moment up to before its last. */
export interface Span {
  readonly from: Date
  readonly to: Date
}

/** `isShared`: whoever has it lets others in beside them. It counts only where the environment may be shared. */
export interface Booked extends Span {
  readonly isShared: boolean
}

const MINUTE_MS = 60_000
const MOST_DAYS = 90
const DAY_MS = 86_400_000

const isWholeMinute = (at: Date): boolean => at.getTime() % MINUTE_MS === 0

/** The minute that is running counts as now: who books "from now on" is not told that it is over. */
const minuteOf = (at: Date): number => Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS

/** `began`: of a booking that runs already, when; that beginning stays. */
export const checkSpan = (span: Span, now: Date, began: Date | null = null): Result<Span, Refusal> => {
  const { from, to } = span
  for (const [field, at] of [
    ['/from', from],
    ['/to', to],
  ] as const) {
    if (Number.isNaN(at.getTime())) return err(refuse('invalid', 'This is not a time.', { field }))
    if (!isWholeMinute(at)) return err(refuse('invalid', 'Give a time in whole minutes.', { field }))
  }
  if (from >= to) return err(refuse('invalid', 'The booking ends before it begins.', { field: '/to' }))
  if (to.getTime() - from.getTime() > MOST_DAYS * DAY_MS)
    return err(refuse('invalid', `A booking is for ${MOST_DAYS} days at most.`, { field: '/to' }))
  if (began !== null && began.getTime() !== from.getTime())
    return err(
      refuse('invalid', 'The booking runs: it can end at another time, but not begin anew.', {
        field: '/from',
      }),
    )
  if (began === null && from.getTime() < minuteOf(now))
    return err(refuse('invalid', 'What is past cannot be booked.', { field: '/from' }))
  return to.getTime() <= minuteOf(now)
    ? err(refuse('invalid', 'What is past cannot be booked.', { field: '/to' }))
    : ok(span)
}

/** That one ends when the other begins is not at once. */
export const areAtOnce = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to

/** Whether the two may not both be. */
export const isInTheWay = (a: Booked, b: Booked, mayBeShared: boolean): boolean =>
  areAtOnce(a, b) && !(mayBeShared && a.isShared && b.isShared)

/** The booking that stands in the way, the first to begin; null: none does. */
export const inTheWayOf = <B extends Booked>(
  wanted: Booked,
  others: readonly B[],
  mayBeShared: boolean,
): B | null => byBeginning(others).find((other) => isInTheWay(wanted, other, mayBeShared)) ?? null

/** When a time as long as the wanted one is free: not before the wanted one begins. */
export const nextFree = (wanted: Booked, others: readonly Booked[], mayBeShared: boolean): Span => {
  const length = wanted.to.getTime() - wanted.from.getTime()
  let at = wanted
  for (const other of byBeginning(others)) {
    if (isInTheWay(at, other, mayBeShared))
      at = { ...at, from: other.to, to: new Date(other.to.getTime() + length) }
  }
  return { from: at.from, to: at.to }
}

/** Two that are at once: they keep an environment from being no longer shared. */
export const anyAtOnce = <B extends Span>(bookings: readonly B[]): readonly [B, B] | null => {
  let last: B | null = null
  for (const booking of byBeginning(bookings)) {
    if (last !== null && areAtOnce(last, booking)) return [last, booking]
    if (last === null || booking.to > last.to) last = booking
  }
  return null
}

const byBeginning = <B extends Span>(bookings: readonly B[]): readonly B[] =>
  bookings.toSorted((a, b) => a.from.getTime() - b.from.getTime())
