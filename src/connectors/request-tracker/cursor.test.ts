import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, OVERLAP_S, readCursor, startingAt, writeCursor } from './cursor.ts'
import { readTicket } from './schema.ts'

const at = (seconds: number): string => new Date(seconds * 1000).toISOString()
const ticket = (id: number, seconds: number) => readTicket({ id, Status: 'open', LastUpdated: at(seconds) })
const start = startingAt(10_000)

describe('cursor', () => {
  it('comes back as it was written', () => {
    const seen = fc.dictionary(fc.integer({ min: 1, max: 999 }).map(String), fc.integer({ min: 0, max: 9e9 }))
    const cursor = fc.oneof(
      fc.record({ scope: fc.constant('all' as const), afterId: fc.nat() }),
      fc.record({ scope: fc.constant('changes' as const), from: fc.nat(), afterId: fc.nat(), seen }),
    )
    fc.assert(
      fc.property(cursor, (value) => {
        expect(readCursor(writeCursor(value), value.scope)).toEqual(value)
      }),
    )
  })

  it('is refused when damaged or of the other scope, rather than starting anew and losing changes', () => {
    for (const text of ['', 'changes:', 'all:1', 'changes:1:2:3=', 'changes:1:2:'.padEnd(20_000, '1=1,')]) {
      expect(() => readCursor(text, 'changes')).toThrow(/cannot be read/)
    }
  })

  it('steps back by the overlap at the end, because changes are committed after their time was taken', () => {
    const { next } = advance(start, [ticket(1, 10_100)], false, 10_101)
    expect(next.from).toBe(10_101 - OVERLAP_S)
  })

  it('does not report again what the overlap shows again', () => {
    const first = advance(start, [ticket(1, 10_090), ticket(2, 10_095)], false, 10_101)
    const again = advance(
      first.next,
      [ticket(1, 10_090), ticket(2, 10_095), ticket(3, 10_100)],
      false,
      10_110,
    )
    expect(first.fresh.map(({ id }) => id)).toEqual(['1', '2'])
    expect(again.fresh.map(({ id }) => id)).toEqual(['3'])
  })

  it('reports a change of the last seconds twice, because a second one in that second looks the same', () => {
    const first = advance(start, [ticket(1, 10_100)], false, 10_100)
    const again = advance(first.next, [ticket(1, 10_100)], false, 10_110)
    const third = advance(again.next, [ticket(1, 10_100)], false, 10_120)
    expect([again.fresh.length, third.fresh.length]).toEqual([1, 0])
  })

  it('goes on behind the last ticket of a full page, in the same second', () => {
    const { next } = advance(start, [ticket(4, 10_050), ticket(7, 10_050)], true, 10_100)
    expect(next).toMatchObject({ from: 10_050, afterId: 7 })
  })

  it('never goes back', () => {
    const { next } = advance({ ...start, from: 20_000 }, [], false, 10_000)
    expect(next.from).toBe(20_000)
  })
})
