/** A span of time; null: open on this side. `until` is not in it. */
export interface Span {
  readonly from: Date | null
  readonly until: Date | null
}

const UNITS = {
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  m: 30 * 86_400_000,
  y: 365 * 86_400_000,
} as const
const AGE = /^([<>]?)(\d{1,4})([hdwmy])$/i
const DAY = /^([<>]=?)?(\d{4}-\d{2}-\d{2})$/
const RANGE = /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/

/**
 * `7d` and `<7d`: in the last seven days; `>30d`: longer ago. `2026-05-01`: that day; `>2026-05-01`: after it; with `..`
 * between two days both count. Days are UTC's. Null: nothing of that.
 */
export const spanOf = (text: string, now: Date): Span | null => {
  const age = AGE.exec(text)
  if (age !== null) {
    const unit = UNITS[(age[3] ?? 'd').toLowerCase() as keyof typeof UNITS]
    const at = new Date(now.getTime() - Number(age[2]) * unit)
    return age[1] === '>' ? { from: null, until: at } : { from: at, until: null }
  }
  if (text === 'today') return spanOf(now.toISOString().slice(0, 10), now)
  const range = RANGE.exec(text)
  if (range !== null) return between(range[1], range[2])
  const day = DAY.exec(text)
  return day === null ? null : compared(day[1] ?? '', startOf(day[2] ?? ''))
}

const startOf = (day: string): Date | null => {
  const at = new Date(`${day}T00:00:00.000Z`)
  // 2026-02-31 would be read as a day of March
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? null : at
}

const after = (at: Date): Date => new Date(at.getTime() + UNITS.d)

const compared = (sign: string, at: Date | null): Span | null => {
  if (at === null) return null
  switch (sign) {
    case '>':
      return { from: after(at), until: null }
    case '>=':
      return { from: at, until: null }
    case '<':
      return { from: null, until: at }
    case '<=':
      return { from: null, until: after(at) }
    default:
      return { from: at, until: after(at) }
  }
}

const between = (first: string | undefined, last: string | undefined): Span | null => {
  const from = first === undefined ? null : startOf(first)
  const to = last === undefined ? null : startOf(last)
  if ((first !== undefined && from === null) || (last !== undefined && to === null)) return null
  return from === null && to === null ? null : { from, until: to === null ? null : after(to) }
}
