import { describe, expect, it } from 'vitest'
import { changesCursor, filterOf, startAt, stepAfter } from './cursor.ts'

const at = (second: number): string => new Date(Date.UTC(2026, 0, 5, 9, 0, second)).toISOString()
const rows = (...seconds: readonly number[]) => ({
  rows: seconds.map((second, index) => ({ id: `${second}-${index}`, at: at(second) })),
  hasPrevious: true,
  startCursor: 'c',
})

describe('how far a pull has come', () => {
  it('goes on at the last time seen, without what was seen at just that time', () => {
    const { next, more } = stepAfter(startAt(at(0)), rows(30, 30, 20))
    expect(next).toEqual({ from: at(30), seen: ['30-0', '30-1'], before: null })
    expect(more).toBe(true)
    expect(filterOf(next, 'updatedAt')).toEqual({
      updatedAt: { gte: at(30) },
      id: { nin: ['30-0', '30-1'] },
    })
  })

  it('gathers what it has seen while one time goes on for pages, and then takes Linear’s own cursor', () => {
    let mark = startAt(at(30))
    const page = rows(...Array.from({ length: 50 }, () => 30))
    for (let index = 0; index < 8; index += 1) mark = stepAfter(mark, page).next
    expect([mark.seen.length, mark.before]).toEqual([400, null])
    mark = stepAfter(mark, page).next
    expect([mark.seen.length, mark.before]).toEqual([400, 'c'])
    expect(
      changesCursor(JSON.stringify({ scope: 'changes', issues: mark, comments: mark, releases: mark })),
    ).toBeTruthy()
  })

  it('looks back a little after the last page, and not once more where nothing came', () => {
    const end = stepAfter(startAt(at(0)), { ...rows(30), hasPrevious: false })
    expect(end).toEqual({ next: startAt(at(20)), more: false })
    const none = { rows: [], hasPrevious: false, startCursor: null }
    expect(stepAfter(end.next, none).next).toEqual(startAt(at(20)))
  })

  it('takes nothing from a list in another order, where the last rows are not the oldest', () => {
    expect(() => stepAfter(startAt(at(0)), rows(10, 20, 30))).toThrow('another order')
  })

  it('is refused where it cannot be read: to start anew would lose what came between', () => {
    for (const text of ['', '{}', 'null', '{"scope":"changes"}']) expect(() => changesCursor(text)).toThrow()
  })
})
