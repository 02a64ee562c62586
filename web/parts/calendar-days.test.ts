import { describe, expect, it } from 'vitest'
import { askedSpan, byDay, daysOf, readDay, spanOf, stepFrom } from './calendar-days.ts'

const BERLIN = 'Europe/Berlin'
const booking = (from: string, to: string) => ({ kind: 'booking', from, to })

describe('a span of the calendar', () => {
  it('is a month, or a week from Monday on', () => {
    expect(spanOf('month', '2026-02-14')).toEqual({ first: '2026-02-01', last: '2026-02-28' })
    expect(spanOf('week', '2026-03-01')).toEqual({ first: '2026-02-23', last: '2026-03-01' })
    expect(spanOf('week', '2026-03-02')).toEqual({ first: '2026-03-02', last: '2026-03-08' })
  })

  it('steps over the end of the year, and over months of other lengths', () => {
    expect(stepFrom('month', '2026-12-31', 1)).toBe('2027-01-01')
    expect(stepFrom('month', '2026-03-31', -1)).toBe('2026-02-01')
    expect(stepFrom('week', '2026-12-30', 1)).toBe('2027-01-06')
  })

  it('is asked for with a day more on each side', () =>
    expect(askedSpan({ first: '2026-03-01', last: '2026-03-31' })).toEqual({
      ...{ from: '2026-02-28T00:00:00Z', to: '2026-04-02T00:00:00Z' },
    }))

  it('is named by a day that there is', () =>
    expect(['2026-02-28', '2026-02-30', 'today', undefined].map(readDay)).toEqual([
      ...['2026-02-28', null, null, null],
    ]))
})

describe('an entry', () => {
  it('is on the days of the reader’s own zone, and not on the one it ends with at midnight', () => {
    expect(daysOf(booking('2026-03-01T23:30:00Z', '2026-03-02T23:00:00Z'), BERLIN)).toEqual({
      ...{ first: '2026-03-02', last: '2026-03-02' },
    })
  })

  it('stands under its first day that is shown, and nowhere when none is', () => {
    const planned = { kind: 'planned', from: '2026-02-20', to: '2026-03-02' }
    const late = booking('2026-03-03T08:00:00Z', '2026-03-05T08:00:00Z')
    const gone = { kind: 'planned', from: '2026-02-01', to: '2026-02-28' }
    expect(byDay([gone, late, planned], { first: '2026-03-01', last: '2026-03-31' }, BERLIN)).toEqual([
      { day: '2026-03-01', entries: [planned] },
      { day: '2026-03-03', entries: [late] },
    ])
  })
})
