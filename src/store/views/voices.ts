import { sql } from 'kysely'
import type { RichText } from '../../sync/rich-text/tree.ts'
import type { Database } from '../database.ts'
import { STANDS_BEHIND } from './shared-columns.ts'
import type { InJson } from './shown-parts.ts'

/** What one customer behind a work item said, in their own words: public words only. */
export interface Voice {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly customer: string | null
  readonly contact: string | null
  readonly at: Date
  readonly description: RichText
  /** The last words of the customer, the oldest first. */
  readonly said: readonly {
    readonly id: string
    readonly at: Date
    readonly author: string
    readonly text: RichText
  }[]
}

const MOST_TICKETS = 50
const LAST_WORDS = 3

/** Of the tickets behind a work item, the worst and then the oldest first; in one query. */
export const voicesBehind = async (db: Database, workItemId: string): Promise<readonly Voice[]> => {
  const { rows } = await sql<Omit<Voice, 'said'> & { readonly said: InJson<Voice['said']> }>`
    select t.id, t.key, t.title, k.name as customer, q.name as contact, t.created_at as at, t.description,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'at', s.at, 'author', s.author->>'name', 'text', s.body) order by s.at, s.id)
        from (select * from message m where m.record_id = t.id and m.deleted_at is null and m.author->>'kind' = 'contact'
          order by m.at desc, m.id desc limit ${LAST_WORDS}) s), '[]') as said
    from ticket t left join customer k on k.id = t.customer_id left join contact q on q.id = t.contact_id
    where t.id in (select e.ticket_id from escalation e where e.work_item_id = ${workItemId}::uuid and ${STANDS_BEHIND})
    order by array_position(array['critical', 'high', 'medium', 'low'], t.severity) nulls last, t.created_at, t.id
    limit ${MOST_TICKETS}`.execute(db)
  return rows.map((row) => ({
    ...row,
    said: row.said.map((words) => ({ ...words, at: new Date(words.at) })),
  }))
}
