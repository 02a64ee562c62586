import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, OVERLAP_S, readCursor, startingAt, windowOf, writeCursor } from './cursor.ts'
import { readTicket } from './schema.ts'

const at = (seconds: number): string => new Date(seconds * 1000).toISOString()
const ticket = (id: number, seconds: number) =>
  readTicket({ id, Status: 'open', Queue: 'Support', LastUpdated: at(seconds) })
const start = startingAt(10_060, 0)

describe('cursor', () => {
  it('comes back as it was written', () => {
    const seen = fc.dictionary(fc.integer({ min: 1, max: 999 }).map(String), fc.integer({ min: 0, max: 9e9 }))
    const cursor = fc.oneof(
      fc.record({ scope: fc.constant('all' as const), afterId: fc.nat() }),
      fc.record({
        scope: fc.constant('changes' as const),
        from: fc.nat(),
        began: fc.nat(),
        afterId: fc.nat(),
        skew: fc.integer(),
        seen,
      }),
    )
    fc.assert(
      fc.property(cursor, (value) => {
        expect(readCursor(writeCursor(value), value.scope)).toEqual(value)
      }),
    )
  })

  it('is refused when damaged or of the other scope, rather than starting anew and losing changes', () => {
    for (const text of [
      '',
      'changes:',
      'all:1',
      'changes:1:2:3:4:5=',
      'changes:1:2:3:4:'.padEnd(20_000, '1=1,'),
    ]) {
      expect(() => readCursor(text, 'changes')).toThrow(/cannot be read/)
    }
  })

  it('steps back by the overlap at the end, because changes are committed after their time was taken', () => {
    const { next } = advance(start, [ticket(1, 10_100)], false, 10_101, 0)
    expect(next.from).toBe(10_101 - OVERLAP_S)
  })

  it('does not report again what the overlap shows again', () => {
    const first = advance(start, [ticket(1, 10_090), ticket(2, 10_095)], false, 10_101, 0)
    const again = advance(
      first.next,
      [ticket(1, 10_090), ticket(2, 10_095), ticket(3, 10_100)],
      false,
      10_110,
      0,
    )
    expect(first.fresh.map(({ id }) => id)).toEqual(['1', '2'])
    expect(again.fresh.map(({ id }) => id)).toEqual(['3'])
  })

  it('reports a change of the last seconds twice, because a second one in that second looks the same', () => {
    const first = advance(start, [ticket(1, 10_100)], false, 10_100, 0)
    const again = advance(first.next, [ticket(1, 10_100)], false, 10_110, 0)
    const third = advance(again.next, [ticket(1, 10_100)], false, 10_120, 0)
    expect([again.fresh.length, third.fresh.length]).toEqual([1, 0])
  })

  it('starts the next walk where a long one began, whatever was changed while it lasted', () => {
    const first = advance(start, [ticket(4, 10_050), ticket(7, 10_050)], true, 10_100, 0)
    expect(first.next).toMatchObject({ from: start.from, began: 10_100, afterId: 7 })
    const second = advance(first.next, [ticket(9, 10_400)], false, 10_500, 0)
    expect(second.next).toMatchObject({ from: 10_100 - OVERLAP_S, began: 0, afterId: 0 })
  })

  it('reports the oldest change first and nothing older than asked for', () => {
    const { fresh } = advance(
      start,
      [ticket(1, 10_050), ticket(2, 9_000), ticket(3, 10_020)],
      false,
      10_100,
      0,
    )
    expect(fresh.map(({ id }) => id)).toEqual(['3', '1'])
  })

  it('looks back an hour more over long windows, for summer time may have begun in between', () => {
    expect(windowOf(start, 10_100)).toBe(101)
    expect(windowOf(start, 20_000)).toBe(10_001 + 4_000)
  })

  it('looks back an hour more on the days around a change of clocks, however short the window', () => {
    const window = (day: string): number => {
      const toolNow = Date.parse(`2026-03-${day}T12:00:00Z`) / 1000
      return windowOf({ ...start, from: toolNow - 100 }, toolNow)
    }
    expect(['06', '07', '08', '09', '10'].map(window)).toEqual([101, 4_101, 4_101, 4_101, 101])
  })

  it('never goes back', () => {
    const { next } = advance({ ...start, from: 20_000 }, [], false, 10_000, 0)
    expect(next.from).toBe(20_000)
  })
})
