import { sql } from 'kysely'
import type { WorkItemState } from '../../domain/words.ts'
import type { Database } from '../database.ts'
import { isOneOf } from './conditions.ts'
import {
  CARD,
  CARD_JOINS,
  SEVERITY_RANK,
  WITH_TICKETS,
  type WorkCard,
  type WorkFilter,
  workConditions,
} from './work-card.ts'

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
 * Which cards are shown is settled before anything is read about them (`materialized`), and the planner is told how few
 * they are (`limit`, which cuts nothing off): otherwise it prepares to read everything about thousands. They are sorted by
 * the bytes of their state (`collate "C"`), which is many times quicker than by a language.
 */
export const readBoard = async (db: Database, request: BoardRequest): Promise<readonly BoardColumn[]> => {
  const { filter, cards, now } = request
  const where = workConditions(filter)
  const and = where.length === 0 ? sql`` : sql` and ${sql.join(where, sql` and `)}`
  const since = new Date(now.getTime() - DONE_SHOWN_DAYS * DAY_MS)
  const most = Object.values(cards).reduce((sum, wanted) => sum + wanted, 0)
  const shown = await sql<WorkCard & { readonly state: BoardColumnState; readonly count: number }>`
    with open as materialized (
      select w.id, w.state collate "C" as state, w.expedite, w.status_moved_at, ${SEVERITY_RANK} as rank
      from work_item w ${WITH_TICKETS}
      where ${isOneOf(sql`w.state`, OPEN_COLUMNS)} and (w.snoozed_until is null or w.snoozed_until <= ${now}::timestamptz)${and}
      group by w.id
    ), placed as (
      select id, state, row_number() over (partition by state order by expedite desc, rank, status_moved_at, id) as place,
        count(*) over (partition by state)::int as count
      from open
      union all
      select w.id, w.state collate "C", row_number() over (order by w.status_moved_at desc, w.id desc), (count(*) over ())::int
      from work_item w where w.state = 'done' and w.status_moved_at > ${since}::timestamptz${and}
    ), shown as materialized (
      select * from placed where place <= (${JSON.stringify(cards)}::jsonb->>state)::int limit ${sql.lit(most)}
    )
    select ${CARD}, shown.count from shown join work_item w on w.id = shown.id ${CARD_JOINS} order by shown.place`.execute(
    db,
  )
  const limits = await limitsOf(db, filter.teamId ?? null)
  return BOARD_COLUMNS.map((state) => {
    const rows = shown.rows.filter((row) => row.state === state)
    return {
      state,
      count: rows[0]?.count ?? 0,
      cards: rows.map(({ count: _, ...card }) => card),
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
