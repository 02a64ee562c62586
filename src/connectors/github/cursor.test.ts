import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterFullPage, afterLastPage, allCursor, changesCursor, pageAfter } from './cursor.ts'

const place = { from: '2026-01-05T09:00:00Z', seen: 0, releasesFrom: '2026-01-05T09:00:00Z' }

describe('the next page by number', () => {
  it('begins with rows that were seen, and ends beyond them, however many there were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), (seen) => {
        const { page, size } = pageAfter(seen, 100)
        const first = (page - 1) * size
        expect(first).toBeLessThanOrEqual(Math.max(0, seen - 10))
        expect(first + size).toBeGreaterThan(seen)
        expect(size).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('is the first one when nothing was seen', () => {
    expect(pageAfter(0, 100)).toEqual({ page: 1, size: 100 })
  })
})

describe('a place', () => {
  it('goes on from the last time seen, and by rows where a whole page is of one second', () => {
    const page = { page: 1, size: 100 }
    expect(afterFullPage(place, '2026-01-05T09:00:07Z', page)).toMatchObject({
      from: '2026-01-05T09:00:07Z',
      seen: 0,
    })
    expect(afterFullPage(place, '2026-01-05T09:00:00Z', page)).toMatchObject({
      from: place.from,
      seen: 100,
    })
  })

  it('looks back a little at the end, because lists lag, and stays where it was when nothing changed', () => {
    expect(afterLastPage(place, '2026-01-05T09:00:30Z', []).from).toBe('2026-01-05T09:00:20Z')
    expect(afterLastPage(place, null, [])).toEqual(place)
  })
})

it('refuses a saved position that is none of ours, for starting anew would lose what came between', () => {
  for (const text of ['', '{}', '{"scope":"all"}', '{"scope":"changes","todo":[1],"places":{"1":1}}'])
    for (const read of [changesCursor, allCursor]) expect(() => read(text)).toThrow(/cannot be read/)
})
