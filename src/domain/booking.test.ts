import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyAtOnce, type Booked, checkSpan, inTheWayOf, nextFree, type Span } from './booking.ts'

const DAY = Date.UTC(2026, 2, 2)
const at = (minutes: number): Date => new Date(DAY + minutes * 60_000)
const booked = (from: number, to: number, isShared = false): Booked => ({
  ...{ from: at(from), to: at(to), isShared },
})
const NOW = new Date(DAY + 60 * 60_000 + 20_000)

describe('the time of a booking', () => {
  it.each<[string, Span, string]>([
    ['that is no time', { from: new Date(Number.NaN), to: at(90) }, 'This is not a time.'],
    ['with seconds', { from: new Date(DAY + 90_500), to: at(90) }, 'Give a time in whole minutes.'],
    ['that ends when it begins', booked(90, 90), 'The booking ends before it begins.'],
    ['of 90 days and a minute', booked(61, 61 + 90 * 1_440 + 1), 'A booking is for 90 days at most.'],
    ['that is over', booked(10, 20), 'What is past cannot be booked.'],
    ['that began a minute ago', booked(59, 90), 'What is past cannot be booked.'],
  ])('is refused: one %s', (_, span, detail) =>
    expect(checkSpan(span, NOW)).toMatchObject({ ok: false, error: { detail } }),
  )

  it('may begin in the minute that is running, and last 90 days', () => {
    expect(checkSpan(booked(60, 61), NOW).ok).toBe(true)
    expect(checkSpan(booked(60, 60 + 90 * 1_440), NOW).ok).toBe(true)
  })

  it.each([
    ['later', 70],
    ['earlier', 5],
  ])('cannot begin %s once it runs', (_, from) => {
    expect(checkSpan(booked(from, 90), NOW, at(10))).toMatchObject({
      error: { field: '/from', detail: expect.stringContaining('not begin anew') },
    })
  })

  it('may stay as it began once it runs, and not end in the past', () => {
    expect(checkSpan(booked(10, 90), NOW, at(10)).ok).toBe(true)
    expect(checkSpan(booked(11, 90), NOW, at(10)).ok).toBe(false)
    expect(checkSpan(booked(10, 60), NOW, at(10)).ok).toBe(false)
  })
})

describe('two bookings of one environment', () => {
  it('may follow each other without a gap', () =>
    expect(inTheWayOf(booked(10, 20), [booked(0, 10), booked(20, 30)], false)).toBeNull())

  it('are at once only where both are shared and the environment may be', () => {
    const there = booked(5, 15, true)
    expect(inTheWayOf(booked(10, 20, true), [there], true)).toBeNull()
    expect(inTheWayOf(booked(10, 20, true), [there], false)).toBe(there)
    expect(inTheWayOf(booked(10, 20, false), [there], true)).toBe(there)
    expect(inTheWayOf(booked(10, 20, true), [booked(5, 15)], true)).toEqual(booked(5, 15))
  })
})

// minute by minute, as somebody with a sheet of paper would
const MOST = 60
const someBooking = fc
  .tuple(fc.nat(MOST), fc.integer({ min: 1, max: 15 }), fc.boolean())
  .map(([from, length, isShared]) => booked(from, from + length, isShared))
const minutesOf = ({ from, to }: Span): readonly number[] =>
  Array.from({ length: (to.getTime() - from.getTime()) / 60_000 }, (_, i) => from.getTime() + i * 60_000)
const isFree = (wanted: Booked, others: readonly Booked[], mayBeShared: boolean): boolean =>
  others
    .filter((other) => !(mayBeShared && wanted.isShared && other.isShared))
    .every((other) => minutesOf(other).every((minute) => !minutesOf(wanted).includes(minute)))

describe('against a sheet of paper with a line for each minute', () => {
  it('a booking stands in the way exactly when a minute of it is wanted by both', () =>
    fc.assert(
      fc.property(
        someBooking,
        fc.array(someBooking, { maxLength: 8 }),
        fc.boolean(),
        (wanted, others, may) => {
          expect(inTheWayOf(wanted, others, may) === null).toBe(isFree(wanted, others, may))
        },
      ),
    ))

  it('the next free time is the first that is free', () =>
    fc.assert(
      fc.property(
        someBooking,
        fc.array(someBooking, { maxLength: 8 }),
        fc.boolean(),
        (wanted, others, may) => {
          let naive = wanted
          while (!isFree(naive, others, may))
            naive = {
              ...naive,
              from: new Date(naive.from.getTime() + 60_000),
              to: new Date(naive.to.getTime() + 60_000),
            }
          expect(nextFree(wanted, others, may)).toEqual({ from: naive.from, to: naive.to })
        },
      ),
    ))

  it('two are at once exactly when they have a minute in common', () =>
    fc.assert(
      fc.property(fc.array(someBooking, { maxLength: 6 }), (bookings) => {
        const minutes = bookings.flatMap(minutesOf)
        expect(anyAtOnce(bookings) === null).toBe(new Set(minutes).size === minutes.length)
      }),
    ))
})
