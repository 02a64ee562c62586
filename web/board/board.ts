import type { Static } from 'typebox'
import type * as schema from '../../src/api/board/schema.ts'
import { SEVERITIES, type Severity } from '../../src/domain/words.ts'
import { BOARD_STATES } from '../../src/domain/work-item.ts'

/** What the board shows, as values: who stands where, what is too much, where a key leads. No clock, no screen. */
export type Board = Static<typeof schema.Board>
export type BoardColumn = Board['columns'][number]
export type BoardState = BoardColumn['state']
export type WorkCard = Static<typeof schema.WorkCard>

const rankOf = (severity: Severity | null): number =>
  severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity)

/** As the server sorts an open column: expedited first, then the worst for customers, then who is there longest. */
export const byUrgency = (a: WorkCard, b: WorkCard): number =>
  Number(b.expedite) - Number(a.expedite) ||
  rankOf(a.severity) - rankOf(b.severity) ||
  a.statusMovedAt.localeCompare(b.statusMovedAt) ||
  a.id.localeCompare(b.id)

/** The latest first: in the last column nothing waits any more. */
const byMoment = (a: WorkCard, b: WorkCard): number =>
  b.statusMovedAt.localeCompare(a.statusMovedAt) || b.id.localeCompare(a.id)

export const cardOf = (board: Board, key: string): WorkCard | null =>
  board.columns.flatMap(({ cards }) => cards).find((card) => card.key === key) ?? null

/** The board with one card elsewhere, as it will be once the server has said yes. */
export const moved = (board: Board, key: string, to: BoardState, now: string): Board => {
  const card = cardOf(board, key)
  if (card === null || card.state === to) return board
  const there: WorkCard = { ...card, state: to, statusMovedAt: now }
  const by = (column: BoardColumn, change: number): Pick<BoardColumn, 'count' | 'limit'> => ({
    count: column.count + change,
    limit:
      column.limit === null || card.expedite
        ? column.limit
        : { ...column.limit, inHand: column.limit.inHand + change },
  })
  return {
    columns: board.columns.map((column) => {
      if (column.state === card.state)
        return { ...column, ...by(column, -1), cards: column.cards.filter((one) => one.key !== key) }
      if (column.state !== to) return column
      const cards = [...column.cards, there].toSorted(to === 'done' ? byMoment : byUrgency)
      return { ...column, ...by(column, 1), cards }
    }),
  }
}

/** Cards that come at first of each column, and with each wish for more; the server gives no more than the last. */
export const SHOWN_AT_FIRST = 20
export const SHOWN_MOST = 200

/** How many cards of a column are asked for, where it is more than at first. */
export type ShownOf = Readonly<Partial<Record<BoardState, number>>>

/** `backlog:40,in review:60`, as an address has it; what cannot be read there is left out. */
export const readShown = (text: string | undefined): ShownOf => {
  const shown: Partial<Record<BoardState, number>> = {}
  for (const part of (text ?? '').split(',')) {
    const [name, count] = part.split(':')
    const state = BOARD_STATES.find((one) => one === name)
    const most = Number(count)
    if (state !== undefined && Number.isInteger(most) && most > SHOWN_AT_FIRST)
      shown[state] = Math.min(SHOWN_MOST, most)
  }
  return shown
}

/** With one more helping of a column, as the address keeps it. */
export const withMore = (shown: ShownOf, state: BoardState): string => {
  const next = { ...shown, [state]: Math.min(SHOWN_MOST, (shown[state] ?? SHOWN_AT_FIRST) + SHOWN_AT_FIRST) }
  return BOARD_STATES.flatMap((one) => (next[one] === undefined ? [] : [`${one}:${next[one]}`])).join(',')
}

/** More in hand than agreed. */
export const isOver = ({ limit }: Pick<BoardColumn, 'limit'>): boolean =>
  limit !== null && limit.inHand > limit.most

/** Whether one more would be too much: what is expedited stands beside the limit. */
export const wouldBeOver = (
  { limit, state }: Pick<BoardColumn, 'limit' | 'state'>,
  card: Pick<WorkCard, 'expedite' | 'state'>,
): boolean => limit !== null && !card.expedite && card.state !== state && limit.inHand + 1 > limit.most

export const LANES = ['severity', 'customer', 'assignee'] as const
export type LaneKind = (typeof LANES)[number]

export interface Lane {
  /** What the cards have in common; null: they lack it (no customer, nobody). `expedite` is a lane of its own. */
  readonly of: string | null
  readonly isExpedite: boolean
  readonly cards: Readonly<Partial<Record<BoardState, readonly WorkCard[]>>>
  readonly count: number
}

const laneOf = (card: WorkCard, by: LaneKind): string | null => {
  switch (by) {
    case 'severity':
      return card.severity
    case 'customer':
      return card.customer
    case 'assignee':
      return card.assignee?.name ?? null
  }
}

const orderOf = (by: LaneKind) => (a: string | null, b: string | null) => {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return by === 'severity' ? rankOf(a as Severity) - rankOf(b as Severity) : a.localeCompare(b)
}

/** The cards in rows. What is expedited is on top, in one row whoever it is for; then the rows that were asked for. */
export const lanesOf = (board: Board, by: LaneKind | null): readonly Lane[] => {
  const all = board.columns.flatMap(({ cards }) => cards)
  const rest = all.filter(({ expedite }) => !expedite)
  const names =
    by === null ? [null] : [...new Set(rest.map((card) => laneOf(card, by)))].toSorted(orderOf(by))
  const expedited = all.filter(({ expedite }) => expedite)
  return [
    ...(expedited.length === 0 ? [] : [laneWith(board, expedited, null, true)]),
    ...names.map((name) =>
      laneWith(board, by === null ? rest : rest.filter((card) => laneOf(card, by) === name), name, false),
    ),
  ]
}

const laneWith = (
  board: Board,
  cards: readonly WorkCard[],
  of: string | null,
  isExpedite: boolean,
): Lane => ({
  ...{ of, isExpedite, count: cards.length },
  cards: Object.fromEntries(
    board.columns.map(({ state }) => [state, cards.filter((card) => card.state === state)]),
  ),
})

export type Direction = 'up' | 'down' | 'left' | 'right'

/**
 * The card that an arrow leads to. Up and down stay in the column, through all rows; left and right go to the next
 * column that has a card, as high up as the one they come from.
 */
export const neighbour = (
  lanes: readonly Lane[],
  states: readonly BoardState[],
  key: string,
  direction: Direction,
): string | null => {
  const columns = states.map((state) => lanes.flatMap(({ cards }) => cards[state] ?? []))
  const at = columns.findIndex((cards) => cards.some((card) => card.key === key))
  const cards = columns[at]
  if (cards === undefined) return null
  const place = cards.findIndex((card) => card.key === key)
  if (direction === 'up' || direction === 'down')
    return cards[place + (direction === 'up' ? -1 : 1)]?.key ?? null
  const beyond = direction === 'left' ? columns.slice(0, at).toReversed() : columns.slice(at + 1)
  const next = beyond.find((column) => column.length > 0)
  return next?.[Math.min(place, next.length - 1)]?.key ?? null
}

/** The column beside, where a card that is held is carried to; null: there is none. */
export const columnBeside = (
  states: readonly BoardState[],
  state: BoardState,
  direction: Direction,
): BoardState | null => {
  const step = direction === 'left' ? -1 : direction === 'right' ? 1 : 0
  const at = states.indexOf(state) + step
  return step === 0 || at < 0 ? null : (states[at] ?? null)
}
