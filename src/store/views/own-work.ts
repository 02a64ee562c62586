import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { CARD, CARD_JOINS, type WorkCard } from './work-card.ts'

/** One's own work, with what makes it one's move. */
export interface OwnWork extends WorkCard {
  /** When support answered a question, and nobody wrote on the work item or moved it since. */
  readonly answeredAt: Date | null
  /** Since when a customer says that it is still broken although it is done. */
  readonly brokenSince: Date | null
}

const MOST = 200

/**
 * What somebody has in hand: everything of theirs that is not ended, and what was done but is said to be still broken.
 * The nearest promise first, then the worst: at most 200, which is more than anybody has in hand.
 */
export const ownWork = async (db: Database, personId: string): Promise<readonly OwnWork[]> => {
  const { rows } = await sql<OwnWork>`
    select ${CARD}, answered.at as "answeredAt", broken.at as "brokenSince"
    from work_item w
      left join lateral (select max(a.answered_at) as at from escalation a where a.work_item_id = w.id and a.ended_at is null
        and a.answered_at > w.status_moved_at
        and not exists (select from note said where said.record_id = w.id and said.at > a.answered_at)) answered on true
      left join lateral (select min(b.updated_at) as at from escalation b where b.work_item_id = w.id and b.ended_at is null
        and b.state = 'sent' and w.state = 'done') broken on true
      ${CARD_JOINS}
    where w.assignee_id = ${personId}::uuid
      and (w.state not in ('done', 'declined', 'duplicate') or broken.at is not null)
    order by w.expedite desc, r.planned_to nulls last, w.status_moved_at, w.id limit ${sql.lit(MOST)}`.execute(
    db,
  )
  return rows
}
