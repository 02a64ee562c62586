import { sql } from 'kysely'
import type { WorkItemState } from '../../domain/words.ts'
import type { Database } from '../database.ts'
import { isOneOf, whereAll } from './conditions.ts'
import { CARD, CARD_JOINS, type WorkCard, type WorkFilter, workConditions } from './work-card.ts'

/** Columns where work is under way; what is ended leaves the board after a while. */
export const OPEN_COLUMNS = [
  'triage',
  'backlog',
  'ready',
  'started',
  'in review',
  'verifying',
] as const satisfies readonly WorkItemState[]
export const BOARD_COLUMNS = [...OPEN_COLUMNS, 'done'] as const
export type BoardColumnState = (typeof BOARD_COLUMNS)[number]

const DONE_SHOWN_DAYS = 14
const DAY_MS = 86_400_000

export interface BoardColumn {
  readonly state: BoardColumnState
  /** All that fit the filter; `cards` are the first of them. */
  readonly count: number
  readonly cards: readonly WorkCard[]
  /** Of the team asked for; null: there is none. `inHand` is all of the team's, whatever the filter, without what is expedited. */
  readonly limit: { readonly most: number; readonly inHand: number } | null
}

export interface BoardRequest {
  readonly filter: WorkFilter
  /** Cards wanted of each column. */
  readonly cards: Readonly<Record<BoardColumnState, number>>
  readonly now: Date
}

/**
 * The board in two queries. Open columns: what is expedited, then the worst for customers, then who has been there
 * longest. Done: the latest first. What is put off in triage is not shown.
 *
 * Which cards are shown is settled before anything is read about them (`materialized`): each column is a short walk along
 * the index of its order (migrations/0015), and the same index counts it.
 */
export const readBoard = async (db: Database, request: BoardRequest): Promise<readonly BoardColumn[]> => {
  const { filter, cards, now } = request
  const narrowed = workConditions(filter)
  const since = new Date(now.getTime() - DONE_SHOWN_DAYS * DAY_MS)
  const shown = (state: BoardColumnState) =>
    state === 'done'
      ? sql`w.status_moved_at > ${since}::timestamptz`
      : sql`(w.snoozed_until is null or w.snoozed_until <= ${now}::timestamptz)`
  const columns = BOARD_COLUMNS.map((state) => {
    const where = whereAll([isOneOf(sql`w.state`, [state]), shown(state), ...narrowed])
    const order =
      state === 'done'
        ? sql`w.status_moved_at desc, w.id desc`
        : sql`w.expedite desc, w.severity_rank, w.status_moved_at, w.id`
    return {
      first: sql`(select id, row_number() over () as place from (
        select w.id from work_item w ${where} order by ${order} limit ${sql.lit(cards[state])}) placed)`,
      all: sql`select ${sql.lit(state)} as state, count(*)::int as count from work_item w ${where}`,
    }
  })
  const { rows } = await sql<WorkCard & { readonly state: BoardColumnState; readonly count: number }>`
    with shown as materialized (${sql.join(
      columns.map(({ first }) => first),
      sql` union all `,
    )}), counted as materialized (${sql.join(
      columns.map(({ all }) => all),
      sql` union all `,
    )})
    select ${CARD}, counted.count from shown join work_item w on w.id = shown.id
      join counted on counted.state = w.state ${CARD_JOINS} order by shown.place`.execute(db)
  const limits = await limitsOf(db, filter.teamId ?? null)
  return BOARD_COLUMNS.map((state) => {
    const ofColumn = rows.filter((row) => row.state === state)
    return {
      state,
      count: ofColumn[0]?.count ?? 0,
      cards: ofColumn.map(({ count: _, ...card }) => card),
      limit: limits.find((limit) => limit.state === state) ?? null,
    }
  })
}

const limitsOf = async (db: Database, teamId: string | null) => {
  if (teamId === null) return []
  const { rows } = await sql<{ readonly state: string; readonly most: number; readonly inHand: number }>`
    select l.state, l.most, (select count(*)::int from work_item w
      where w.team_id = l.team_id and w.state = l.state and not w.expedite) as "inHand"
    from wip_limit l where l.team_id = ${teamId}::uuid`.execute(db)
  return rows
}
