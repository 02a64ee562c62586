import { describe, expect, it } from 'vitest'
import { movedPin, pinnedOf, withoutPin, withPin } from './pinned-order.ts'

const view = (id: string, list: 'tickets' | 'work-items', position: number | null) => ({ id, list, position })
const VIEWS = [
  view('b', 'tickets', 2),
  view('w', 'work-items', 1),
  view('a', 'tickets', 0),
  view('x', 'tickets', null),
]

describe('the views in the rail', () => {
  it('stand under their list, in the order their reader gave them', () => {
    expect(pinnedOf(VIEWS, 'tickets').map(({ id }) => id)).toEqual(['a', 'b'])
    expect(pinnedOf(VIEWS).map(({ id }) => id)).toEqual(['a', 'w', 'b'])
  })

  it('get a new one at the end, and never twice', () => {
    expect(withPin(VIEWS, 'x')).toEqual(['a', 'w', 'b', 'x'])
    expect(withPin(VIEWS, 'a')).toEqual(['w', 'b', 'a'])
    expect(withoutPin(VIEWS, 'w')).toEqual(['a', 'b'])
  })

  it('change places with the neighbour one sees, whatever of other lists stands between', () => {
    expect(movedPin(VIEWS, 'b', -1)).toEqual(['b', 'w', 'a'])
    expect(movedPin(VIEWS, 'a', 1)).toEqual(['b', 'w', 'a'])
    expect(movedPin(VIEWS, 'a', -1)).toBeNull()
    expect(movedPin(VIEWS, 'w', 1)).toBeNull()
    expect(movedPin(VIEWS, 'x', 1)).toBeNull()
  })
})
