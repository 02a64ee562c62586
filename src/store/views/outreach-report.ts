import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { ReachedTicket } from '../../domain/notice-coverage.ts'
import type { NoticeReason, OutreachStanding } from '../../domain/outreach.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { ReleaseStanding, TicketState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import type { KeyedName, Named } from './shown-parts.ts'
import { waiting } from './waiting-for-release.ts'

/** A fix that a release brings, a ticket behind it, and whether its customer was told. */
export interface ReportedTicket {
  readonly workItem: { readonly id: string; readonly key: string; readonly title: string }
  readonly ticket: {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly state: TicketState
  }
  readonly customer: KeyedName | null
  readonly contact: Named | null
  /** Null: the ticket is over. */
  readonly standing: ReleaseStanding | null
  readonly told: {
    readonly at: Date
    readonly by: Actor
    readonly standing: OutreachStanding
    /** Told of that one, where it was another. */
    readonly release: string
    readonly answer: 'works' | 'still broken' | null
  } | null
  /** Why it was not told of this release; null: it was, or nobody has decided. */
  readonly reason: NoticeReason | null
  /** In the words of who dismissed it. */
  readonly why: string | null
  /** It is proposed to tell them. */
  readonly isProposed: boolean
}

/** What the tickets behind a release were told: of the fix itself, of whatever release that brought it. */
const told = (releaseId: string) => sql`
  ${waiting(releaseId)},
  told as materialized (
    select distinct on (x.ticket_id) x.ticket_id, x.since, x.answer, n.standing, n.ended_at as at, n.ended_by as by, r.name as release
    from notice_ticket x join notice n on n.id = x.notice_id join release r on r.id = n.release_id
    where x.ticket_id in (select ticket_id from pair) and n.state = 'sent' and x.is_live and x.standing <> 'gets it'
    order by x.ticket_id, n.ended_at
  ),
  untold as materialized (
    select distinct on (x.ticket_id) x.ticket_id, coalesce(x.reason, n.reason) as reason, n.why, n.state
    from notice_ticket x join notice n on n.id = x.notice_id
    where x.ticket_id in (select ticket_id from pair) and n.release_id = ${releaseId}::uuid and n.state <> 'sent'
    order by x.ticket_id, n.created_at desc
  )`

const OPTED_OUT = sql`not (coalesce(q.takes_notices, true) and coalesce(c.takes_notices, true))`

type Row = Omit<ReportedTicket, 'told'> & {
  readonly toldAt: Date | null
  readonly by: Actor | null
  readonly toldStanding: OutreachStanding | null
  readonly release: string | null
  readonly answer: 'works' | 'still broken' | null
  readonly sorted: string
}

/** By work item, then by ticket. */
export const outreachReport = async (
  db: Database,
  releaseId: string,
  page: PageRequest,
): Promise<Result<Page<ReportedTicket>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const at = place.value?.at ?? null
  const { rows } = await sql<Row>`
    ${told(releaseId)}
    select * from (
      select jsonb_build_object('id', w.id, 'key', w.key, 'title', w.title) as "workItem",
        jsonb_build_object('id', t.id, 'key', t.key, 'title', t.title, 'state', t.state) as ticket,
        case when c.id is null then null else jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name) end as customer,
        case when q.id is null then null else jsonb_build_object('id', q.id, 'name', q.name) end as contact,
        x.standing, o.at as "toldAt", o.by, o.standing as "toldStanding", o.release, o.answer,
        case when u.state = 'proposed' then null when u.reason is not null then u.reason
          when o.ticket_id is null and ${OPTED_OUT} then 'opted out' end as reason,
        u.why, u.state is not distinct from 'proposed' as "isProposed",
        lpad(w.number::text, 12, '0') || '.' || lpad(t.number::text, 12, '0') as sorted
      from pair p join work_item w on w.id = p.work_item_id join ticket t on t.id = p.ticket_id
        left join shown x on x.id = t.id left join told o on o.ticket_id = t.id left join untold u on u.ticket_id = t.id
        left join customer c on c.id = t.customer_id left join contact q on q.id = t.contact_id
    ) y where ${at}::text is null or y.sorted > ${at}
    order by y.sorted limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.sorted, id: row.ticket.id }))
  return ok({ ...found, items: found.items.map(reported) })
}

const reported = ({ toldAt, by, toldStanding, release, answer, sorted: _, ...row }: Row): ReportedTicket => ({
  ...row,
  told:
    toldAt === null || by === null || toldStanding === null || release === null
      ? null
      : { at: toldAt, by, standing: toldStanding, release, answer },
})

/** The tickets whose customers a release has reached, for how many of them were told in time. */
export const reachedTickets = async (db: Database, releaseId: string): Promise<readonly ReachedTicket[]> => {
  const { rows } = await sql<ReachedTicket>`
    ${told(releaseId)}
    select t.id as "ticketId", t.customer_id as "customerId", o.at as "toldAt", ${OPTED_OUT} as "isOptedOut",
      coalesce(o.since, greatest(t.created_at, (select released_at from target),
        (select max(w.done_at) from pair p join work_item w on w.id = p.work_item_id where p.ticket_id = t.id),
        case when x.standing = 'has it' then (select max(i.updated_at) from runs u join installation i on i.id = u.id where u.ticket_id = t.id) end)) as since
    from ticket t left join shown x on x.id = t.id left join told o on o.ticket_id = t.id
      left join customer c on c.id = t.customer_id left join contact q on q.id = t.contact_id
    where t.id in (select ticket_id from pair) and (x.standing in ('has it', 'must upgrade') or o.ticket_id is not null)`.execute(
    db,
  )
  return rows
}
