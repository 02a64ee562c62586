/** Days of a calendar as `YYYY-MM-DD`: they have no zone, and are counted in UTC where none can be skipped. */
export const CALENDAR_VIEWS = ['month', 'week'] as const
export type CalendarView = (typeof CALENDAR_VIEWS)[number]

export interface DaySpan {
  readonly first: string
  /** Itself included. */
  readonly last: string
}

const DAY_MS = 86_400_000
const DAY = /^\d{4}-\d{2}-\d{2}$/

const read = (day: string): Date => new Date(`${day}T00:00:00Z`)
const write = (at: Date): string => at.toISOString().slice(0, 10)
const monthOf = (day: string, by: number): Date => {
  const at = read(day)
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + by, 1))
}

export const addDays = (day: string, by: number): string => write(new Date(read(day).getTime() + by * DAY_MS))

/** What an address names, where that is a day. */
export const readDay = (text: string | undefined): string | null =>
  text !== undefined && DAY.test(text) && !Number.isNaN(read(text).getTime()) && write(read(text)) === text
    ? text
    : null

/** The month of a day, or its week from Monday on. */
export const spanOf = (view: CalendarView, day: string): DaySpan => {
  if (view === 'month') return { first: write(monthOf(day, 0)), last: addDays(write(monthOf(day, 1)), -1) }
  const first = addDays(day, -((read(day).getUTCDay() + 6) % 7))
  return { first, last: addDays(first, 6) }
}

/** A day of the next span, or of the one before. */
export const stepFrom = (view: CalendarView, day: string, by: 1 | -1): string =>
  view === 'month' ? write(monthOf(day, by)) : addDays(day, 7 * by)

/** What is asked of the server: a day more on each side, for a day begins elsewhere earlier or later. */
export const askedSpan = ({ first, last }: DaySpan): { readonly from: string; readonly to: string } => ({
  from: `${addDays(first, -1)}T00:00:00Z`,
  to: `${addDays(last, 2)}T00:00:00Z`,
})

/** Which day it is there at a moment. */
export const dayAt = (moment: Date, zone: string | null): string =>
  new Intl.DateTimeFormat('en-CA', {
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...(zone === null ? {} : { timeZone: zone }),
  }).format(moment)

interface Timed {
  readonly kind: string
  readonly from: string
  readonly to: string
}

/** The days an entry touches: of a planned release they are days already. What ends at midnight ends the day before. */
export const daysOf = ({ kind, from, to }: Timed, zone: string | null): DaySpan => {
  if (kind === 'planned') return { first: from, last: to }
  const [begins, ends] = [new Date(from), new Date(to)]
  const lastMoment = ends > begins ? new Date(ends.getTime() - 1) : ends
  return { first: dayAt(begins, zone), last: dayAt(lastMoment, zone) }
}

/** Entries under the first day that is shown of them; days without any are left out. */
export const byDay = <E extends Timed>(
  entries: readonly E[],
  { first, last }: DaySpan,
  zone: string | null,
): readonly { readonly day: string; readonly entries: readonly E[] }[] => {
  const days = new Map<string, E[]>()
  for (const entry of entries) {
    const touched = daysOf(entry, zone)
    if (touched.last < first || touched.first > last) continue
    const day = touched.first < first ? first : touched.first
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  return [...days].toSorted(([a], [b]) => a.localeCompare(b)).map(([day, some]) => ({ day, entries: some }))
}
