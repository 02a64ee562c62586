import { describe, expect, it } from 'vitest'
import {
  type Board,
  type BoardState,
  columnBeside,
  isOver,
  lanesOf,
  moved,
  neighbour,
  readShown,
  type WorkCard,
  withMore,
  wouldBeOver,
} from './board.ts'

const STATES: readonly BoardState[] = ['triage', 'ready', 'started', 'done']
const LATER = '2026-03-02T12:00:00.000Z'

const card = (key: string, more: Partial<WorkCard> = {}): WorkCard => ({
  id: key,
  key,
  kind: 'defect',
  title: key,
  state: 'ready',
  expedite: false,
  priority: null,
  severity: null,
  team: null,
  assignee: null,
  component: null,
  release: null,
  tickets: 0,
  customers: 0,
  withoutCustomer: 0,
  customer: null,
  asked: false,
  blockedBy: [],
  snoozedUntil: null,
  statusMovedAt: '2026-03-01T09:00:00.000Z',
  updatedAt: '2026-03-01T09:00:00.000Z',
  revision: 1,
  ...more,
})

const boardOf = (
  cards: readonly WorkCard[],
  limits: Partial<Record<BoardState, [number, number]>> = {},
): Board => ({
  columns: STATES.map((state) => {
    const of = cards.filter((one) => one.state === state)
    const [most, inHand] = limits[state] ?? []
    return {
      state,
      count: of.length,
      cards: of,
      limit: most === undefined || inHand === undefined ? null : { most, inHand },
    }
  }),
})
const columnOf = (board: Board, state: BoardState) => {
  const column = board.columns.find((one) => one.state === state)
  if (column === undefined) throw new Error(state)
  return column
}
const keysIn = (board: Board, state: BoardState) => columnOf(board, state).cards.map(({ key }) => key)

describe('a card that moves', () => {
  it('stands where the server will put it: behind what is worse, before what is milder', () => {
    const board = boardOf([
      card('a'),
      card('b', { state: 'started', severity: 'critical' }),
      card('c', { state: 'started' }),
      card('d', { severity: 'high' }),
    ])
    expect(keysIn(moved(board, 'd', 'started', LATER), 'started')).toEqual(['b', 'd', 'c'])
    expect(keysIn(moved(board, 'a', 'started', LATER), 'started')).toEqual(['b', 'c', 'a'])
  })

  it('is the first of what is done, since there the latest comes first', () => {
    const board = boardOf([card('old', { state: 'done' }), card('new', { severity: 'low' })])
    expect(keysIn(moved(board, 'new', 'done', LATER), 'done')).toEqual(['new', 'old'])
  })

  it('is counted in one column less and in the other more, and in what a team has in hand', () => {
    const board = boardOf([card('a')], { ready: [2, 1], started: [1, 1] })
    const next = moved(board, 'a', 'started', LATER)
    expect(columnOf(next, 'ready')).toMatchObject({ count: 0, limit: { inHand: 0 } })
    expect(columnOf(next, 'started')).toMatchObject({ count: 1, limit: { inHand: 2 } })
  })

  it('leaves the board as it is when it is gone, or there already', () => {
    const board = boardOf([card('a')])
    expect(moved(board, 'a', 'ready', LATER)).toBe(board)
    expect(moved(board, 'z', 'started', LATER)).toBe(board)
  })
})

describe('a limit', () => {
  it('is kept when it is just reached, and broken by one more', () => {
    const full = columnOf(boardOf([], { started: [3, 3] }), 'started')
    expect(isOver(full)).toBe(false)
    expect(wouldBeOver(full, { expedite: false, state: 'ready' })).toBe(true)
    expect(isOver({ limit: { most: 3, inHand: 4 } })).toBe(true)
  })

  it('is asked about by nobody who only stays, or is expedited, or when there is none', () => {
    const full = columnOf(boardOf([], { started: [3, 3] }), 'started')
    expect(wouldBeOver(full, { expedite: false, state: 'started' })).toBe(false)
    expect(wouldBeOver(full, { expedite: true, state: 'ready' })).toBe(false)
    expect(wouldBeOver({ state: 'ready', limit: null }, { expedite: false, state: 'started' })).toBe(false)
    expect(isOver({ limit: null })).toBe(false)
  })

  it('does not count what is expedited as it moves through', () => {
    const board = boardOf([card('a', { expedite: true })], { started: [1, 1] })
    expect(columnOf(moved(board, 'a', 'started', LATER), 'started').limit).toEqual({ most: 1, inHand: 1 })
  })
})

describe('lanes', () => {
  const names = (board: Board, by: Parameters<typeof lanesOf>[1]) =>
    lanesOf(board, by).map(({ of, isExpedite }) => (isExpedite ? 'expedite' : of))
  const board = boardOf([
    card('a', { severity: 'low', customer: 'Globex' }),
    card('b', { severity: 'critical', customer: 'Acme', assignee: { id: 'x', name: 'Erik' } }),
    card('c'),
    card('d', { expedite: true, severity: 'low', customer: 'Acme' }),
  ])

  it('have what is expedited on top, whoever it is for, and nowhere else', () => {
    expect(names(board, 'customer')).toEqual(['expedite', 'Acme', 'Globex', null])
    expect(lanesOf(board, 'customer').map(({ count }) => count)).toEqual([1, 1, 1, 1])
  })

  it('go from the worst to the mildest, and end with what has none', () => {
    expect(names(board, 'severity')).toEqual(['expedite', 'critical', 'low', null])
    expect(names(board, 'assignee')).toEqual(['expedite', 'Erik', null])
  })

  it('are one when nobody asks for more, also on an empty board', () => {
    expect(names(boardOf([card('a')]), null)).toEqual([null])
    expect(names(boardOf([]), null)).toEqual([null])
  })
})

describe('arrows', () => {
  const lanes = lanesOf(
    boardOf([
      card('a'),
      card('b'),
      card('c', { state: 'done' }),
      card('e', { expedite: true }),
      card('t', { state: 'triage' }),
    ]),
    null,
  )
  it('go up and down through all rows of a column', () => {
    expect(neighbour(lanes, STATES, 'e', 'down')).toBe('a')
    expect(neighbour(lanes, STATES, 'a', 'up')).toBe('e')
    expect(neighbour(lanes, STATES, 'b', 'down')).toBeNull()
  })

  it('skip columns without cards, and stay as high up as they can', () => {
    expect(neighbour(lanes, STATES, 'b', 'right')).toBe('c')
    expect(neighbour(lanes, STATES, 'b', 'left')).toBe('t')
    expect(neighbour(lanes, STATES, 'c', 'right')).toBeNull()
  })

  it('carry what is held one column on, and stop at the ends of the board', () => {
    expect(columnBeside(STATES, 'triage', 'right')).toBe('ready')
    expect(columnBeside(STATES, 'triage', 'left')).toBeNull()
    expect(columnBeside(STATES, 'done', 'right')).toBeNull()
    expect(columnBeside(STATES, 'ready', 'up')).toBeNull()
  })
})

describe('how many cards of a column are shown', () => {
  it('stands in the address, so that Back and a colleague find the same cards', () => {
    const once = withMore({}, 'in review')
    expect(once).toBe('in review:40')
    const twice = withMore(readShown(once), 'backlog')
    expect(twice).toBe('backlog:40,in review:40')
    expect(readShown(twice)).toEqual({ backlog: 40, 'in review': 40 })
  })

  it('grows no further than the server answers, and is nothing where the address is nonsense', () => {
    expect(withMore({ done: 190 }, 'done')).toBe('done:200')
    expect(readShown('done:9999,started:3,nowhere:40,backlog:x,ready')).toEqual({ done: 200 })
    expect(readShown(undefined)).toEqual({})
  })
})
