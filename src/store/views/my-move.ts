import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { LISTED_COLUMNS, LISTED_JOINS, type ListedRow, type ListedTicket, listed } from './ticket-list.ts'

/** A ticket whose next action is somebody's, with what is needed to say how pressing it is. */
export interface MovingTicket extends ListedTicket {
  /** Since when it waits for us: since it was asked, since the customer's last word, since it woke. */
  readonly since: Date
  /** The moment it wakes by itself; for waiting ones only. */
  readonly wakesAt: Date | null
  /** The day until which a fix was promised, while it is not out. */
  readonly promisedOn: string | null
}

type Row = ListedRow & Pick<MovingTicket, 'since' | 'wakesAt' | 'promisedOn'>

const MOST = 200
const MOST_OF_NOBODY = 100
const SOON_MS = 24 * 3_600_000

/**
 * Three short lists by index, one query: what is mine and open, what of mine wakes within a day, and what belongs to
 * nobody, the longest waiting first.
 */
export const ticketsToMove = async (
  db: Database,
  personId: string,
  now: Date,
): Promise<readonly MovingTicket[]> => {
  const soon = new Date(now.getTime() + SOON_MS)
  const found = await sql<Row>`
    with moving as materialized (
      (select id from ticket where owner_id = ${personId}::uuid and state in ('new', 'open') order by updated_at limit ${sql.lit(MOST)})
      union all
      (select id from ticket where owner_id = ${personId}::uuid and state = 'waiting' and wake_at <= ${soon}::timestamptz
        order by wake_at limit ${sql.lit(MOST)})
      union all
      (select id from ticket where owner_id is null and state in ('new', 'open') order by created_at limit ${sql.lit(MOST_OF_NOBODY)})
    )
    select ${LISTED_COLUMNS},
      case when t.state = 'waiting' then t.wake_at end as "wakesAt",
      case when r.state <> 'released' and r.state <> 'withdrawn' then r.planned_to end as "promisedOn",
      coalesce(case when t.state = 'new' or t.needs = 'needs first response' then t.created_at
        when t.needs = 'needs next response' then (select max(m.at) from message m
          where m.record_id = t.id and m.author->>'kind' = 'contact' and m.deleted_at is null)
        when t.needs = 'close the loop' then t.woken_at end, t.updated_at) as since
    from moving join ticket t on t.id = moving.id ${LISTED_JOINS}`.execute(db)
  return found.rows.map(({ since, wakesAt, promisedOn, ...row }) => ({
    ...listed(row),
    ...{ since, wakesAt, promisedOn },
  }))
}
