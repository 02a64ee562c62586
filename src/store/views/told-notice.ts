import { sql } from 'kysely'
import type { OutreachStanding } from '../../domain/outreach.ts'
import type { Language } from '../../domain/settings.ts'
import { isId } from '../../lib/ids.ts'
import type { Database } from '../database.ts'
import type { Named } from './shown-parts.ts'

/** A message that was sent, as whoever has it may answer it: with what it told them, and nothing more. */
export interface ToldNotice {
  readonly id: string
  readonly standing: OutreachStanding
  readonly language: Language
  readonly product: string
  readonly release: string
  /** Null: nobody is known, or they are gone. */
  readonly contact: (Named & { readonly takesNotices: boolean }) | null
  /** The tool that it went through, with the name of the customer who reads there. */
  readonly through: Named | null
  readonly tickets: readonly {
    readonly id: string
    /** As the customer knows it. */
    readonly key: string
    readonly title: string
    readonly answer: 'works' | 'still broken' | null
    readonly mayTry: boolean
  }[]
}

/** Tickets that went to somebody else since are theirs to answer for. */
const TICKETS = sql`(select jsonb_agg(jsonb_build_object('id', t.id, 'key', x.shown_key, 'title', t.title, 'answer', x.answer,
    'mayTry', (q.id is not null or d.id is not null) and x.answer is null and n.standing <> 'gets it' and t.state not in ('cancelled', 'merged') and exists (
      select from escalation e where e.ticket_id = t.id and e.ended_at is null and e.state in ('fixed', 'released'))) order by t.number)
  from notice_ticket x join ticket t on t.id = x.ticket_id
  where x.notice_id = n.id and x.is_live and t.contact_id is not distinct from n.contact_id)`

/** Null: none that was sent. */
export const toldNotice = async (db: Database, id: string): Promise<ToldNotice | null> => {
  if (!isId(id)) return null
  const { rows } = await sql<ToldNotice>`
    select n.id, n.standing, n.language, p.name as product, r.name as release,
      case when q.id is null then null else jsonb_build_object('id', q.id, 'name', q.name, 'takesNotices', q.takes_notices) end as contact,
      case when d.id is null then null else jsonb_build_object('id', d.id, 'name', coalesce(c.name, d.title)) end as through,
      coalesce(${TICKETS}, '[]') as tickets
    from notice n join release r on r.id = n.release_id join product p on p.id = r.product_id
      left join contact q on q.id = n.contact_id and q.archived_at is null left join customer c on c.id = n.customer_id
      left join connection d on d.id = n.connection_id
    where n.id = ${id}::uuid and n.state = 'sent'`.execute(db)
  return rows[0] ?? null
}
