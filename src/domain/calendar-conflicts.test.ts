import { describe, expect, it } from 'vitest'
import { conflictsOf, type PlannedDays, type TakenTime } from './calendar-conflicts.ts'

const NOW = new Date('2026-03-01T00:00:00Z')
const release: PlannedDays = {
  ...{ releaseId: '4.2', productId: 'shop', from: '2026-03-10', to: '2026-03-12' },
}
const booking = (more: Partial<TakenTime> = {}): TakenTime => ({
  ...{
    bookingId: 'b',
    productId: 'shop',
    environmentId: 'uat',
    releaseId: null,
    isShareable: false,
    places: 1,
  },
  from: new Date('2026-03-12T23:00:00Z'),
  to: new Date('2026-03-13T02:00:00Z'),
  ...more,
})
const found = (more: Partial<TakenTime> = {}, now = NOW) =>
  conflictsOf([release], [booking(more)], now).length

describe('a release and a booking', () => {
  it('are in conflict when the only environment is somebody’s alone on one of its days', () => {
    expect(conflictsOf([release], [booking()], NOW)).toEqual([{ releaseId: '4.2', bookingId: 'b' }])
  })

  it.each<[string, Partial<TakenTime>]>([
    ['the booking is for this release', { releaseId: '4.2' }],
    ['the environment is shared', { isShareable: true }],
    ['there is another environment', { places: 2 }],
    ['it is of another product', { productId: 'ledger' }],
    ['it begins the day after', { from: new Date('2026-03-13T00:00:00Z') }],
    [
      'it ends as the first day begins',
      {
        from: new Date('2026-03-09T00:00:00Z'),
        to: new Date('2026-03-10T00:00:00Z'),
      },
    ],
  ])('are not when %s', (_, more) => expect(found(more)).toBe(0))

  it('are when it is for another release', () => expect(found({ releaseId: '4.3' })).toBe(1))
  it('are no more once the booking is over', () =>
    expect(found({}, new Date('2026-03-13T02:00:00Z'))).toBe(0))

  const hour = (of: number): Date => new Date(Date.UTC(2026, 2, 11, of))
  const two = (uat: Partial<TakenTime>, stage: Partial<TakenTime>) =>
    conflictsOf(
      [release],
      [
        booking({ places: 2, from: hour(8), to: hour(12), ...uat }),
        booking({
          places: 2,
          from: hour(10),
          to: hour(14),
          ...stage,
          bookingId: 's',
          environmentId: 'stage',
        }),
      ],
      NOW,
    ).map(({ bookingId }) => bookingId)

  it('are, with all that is taken, when no environment is free at one moment', () =>
    expect(two({}, {})).toEqual(['b', 's']))
  it.each<[string, Partial<TakenTime>]>([
    ['there is always one free', { from: hour(12) }],
    ['one is taken for this release', { releaseId: '4.2' }],
    ['one is shared', { isShareable: true }],
  ])('are not when %s', (_, more) => expect(two({}, more)).toEqual([]))
})
