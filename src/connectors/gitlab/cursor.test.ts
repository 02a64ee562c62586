import { describe, expect, it } from 'vitest'
import { afterChanges, afterEvery, allCursor, allStart, changesCursor, EPOCH, startPlace } from './cursor.ts'

const at = (ms: number): string => new Date(Date.parse('2026-01-05T09:00:00.000Z') + ms).toISOString()
const start = { scope: 'changes', at: 0, places: {}, releasesFrom: EPOCH } as const
const row = (ms: number, iid = 1) => ({ updated_at: at(ms), created_at: at(ms), iid })

describe('the position of a pull', () => {
  it('goes on at the last time seen, so that rows which move away leave no hole', () => {
    const next = afterChanges(start, '4', startPlace(EPOCH), [row(0), row(7)], true)
    expect(next).toMatchObject({ at: 0, places: { 4: { from: at(7), page: 1 } } })
  })

  it('goes on by number while a whole page is of one millisecond', () => {
    const next = afterChanges(start, '4', { from: at(7), page: 2 }, [row(7), row(7)], true)
    expect(next.places['4']).toEqual({ from: at(7), page: 3 })
  })

  it('looks back a little after the last page, for what was stamped and committed later, and turns to the next project', () => {
    const next = afterChanges(start, '4', startPlace(EPOCH), [row(9_000)], false)
    expect(next).toMatchObject({ at: 1, places: { 4: { from: at(4_000), page: 1 } } })
  })

  it('stays where it is when nothing changed', () => {
    expect(afterChanges(start, '4', startPlace(at(5)), [], false).places['4']).toEqual(startPlace(at(5)))
  })

  it('remembers, in a round over everything, what it showed of the last millisecond', () => {
    const next = afterEvery(allStart(), [row(0, 1), row(7, 2), row(7, 3)], true)
    expect(next).toMatchObject({ place: { from: at(7), page: 1 }, seen: [2, 3] })
    expect(afterEvery(next, [row(8, 4)], false)).toEqual({ ...allStart(), at: 1 })
  })

  it('is refused when it is none, for starting anew in silence would lose what came between', () => {
    for (const text of ['', '{}', JSON.stringify({ ...start, at: -1 }), '[]']) {
      expect(() => changesCursor(text)).toThrow('cannot be read')
      expect(() => allCursor(text)).toThrow('cannot be read')
    }
    expect(changesCursor(JSON.stringify(start))).toEqual(start)
  })
})
