import { sql } from 'kysely'
import type { Candidate } from '../../domain/outreach.ts'
import type { Language } from '../../domain/settings.ts'
import type { Database } from '../database.ts'
import { IN_SPAN, KEYS_OF_WORK } from '../traced-work.ts'
import type { Named } from './shown-parts.ts'
import { waiting } from './waiting-for-release.ts'

/** A ticket that a release may be told to, with whatever that depends on. */
export interface TicketToTell extends Candidate {
  /** The key that its customer knows it by. */
  readonly shownKey: string
  readonly number: number
  readonly title: string
  readonly contact: Named | null
  readonly customer: Named | null
  /** The contact's own; null: they chose none. */
  readonly language: Language | null
  /** The desk's tool that it is kept in. */
  readonly connectionId: string | null
  /** When it came to stand so. */
  readonly since: Date
}

export interface ReleaseInPlay {
  readonly id: string
  readonly productId: string
  readonly productName: string
  readonly name: string
  readonly from: string | null
  readonly to: string | null
}

const COLUMNS = sql`r.id, r.product_id as "productId", p.name as "productName", r.name, r.planned_from as "from", r.planned_to as "to"`

/** Releases with something to tell: of work that is done and whose customers have not answered, or with notices that wait. */
export const releasesInPlay = async (db: Database): Promise<readonly ReleaseInPlay[]> => {
  const { rows } = await sql<ReleaseInPlay>`
    with work as materialized (
      select distinct work_item_id from escalation where ended_at is null and state in ('fixed', 'released')
    )
    select ${COLUMNS} from release r join product p on p.id = r.product_id
    where r.id in (
      select w.release_id from work join work_item w on w.id = work.work_item_id
      union select r.release_id from work join (${KEYS_OF_WORK}) k on k.work_item_id = work.work_item_id
        join trace_span s on s.key = k.key join trace_release r on ${IN_SPAN} and r.position = s.since
      union select release_id from notice where state = 'proposed')
    order by r.product_id, r.id`.execute(db)
  return rows
}

export const releaseInPlay = async (db: Database, id: string): Promise<ReleaseInPlay | null> => {
  const { rows } = await sql<ReleaseInPlay>`
    select ${COLUMNS} from release r join product p on p.id = r.product_id where r.id = ${id}::uuid`.execute(
    db,
  )
  return rows[0] ?? null
}

type Row = Omit<TicketToTell, 'release'>

/** Tickets behind a release as they stand to it; `only`: among these. Those that are closed are not among them. */
export const ticketsToTell = async (
  db: Database,
  release: ReleaseInPlay,
  only: readonly string[] | null = null,
): Promise<readonly TicketToTell[]> => {
  const { rows } = await sql<Row>`
    ${waiting(release.id, only)}
    select x.id as "ticketId", x.state as "ticketState", x.standing, t.number::int as number, t.title, t.reopened_count as reopened,
      coalesce(d.remote_key, t.key) as "shownKey", d.connection_id as "connectionId", a.language,
      coalesce(q.takes_notices, true) and coalesce(c.takes_notices, true) as "takesNotices",
      (select e.state from escalation e where e.ticket_id = t.id and e.ended_at is null and exists (
        select from jsonb_array_elements(x."workItems") w where (w->>'id')::uuid = e.work_item_id)) as bond,
      coalesce((select jsonb_agg(jsonb_build_object('environment', i->>'environment', 'version', i->>'version', 'has', i->>'has')
        order by i->>'environment') from jsonb_array_elements(x.installations) i), '[]') as runs,
      case when q.id is null then null else jsonb_build_object('id', q.id, 'name', q.name) end as contact,
      case when c.id is null then null else jsonb_build_object('id', c.id, 'name', c.name) end as customer,
      coalesce((select jsonb_agg(jsonb_build_object('standing', o.standing, 'release', r.name, 'releaseId', r.id,
          'reopened', o.reopened, 'answer', o.answer, 'runs', o.runs))
        from notice_ticket o join notice n on n.id = o.notice_id join release r on r.id = o.release_id
        where o.ticket_id = t.id and o.is_live and n.state in ('sent', 'dismissed')), '[]') as told,
      greatest(t.created_at, (select released_at from target),
        (select max(w.done_at) from work_item w where w.id in (select (j->>'id')::uuid from jsonb_array_elements(x."workItems") j)),
        case when x.standing = 'has it' then (select max(i.updated_at) from installation i
          where i.id in (select (j->>'id')::uuid from jsonb_array_elements(x.installations) j)) end) as since
    from shown x join ticket t on t.id = x.id
      left join contact q on q.id = t.contact_id and q.archived_at is null
      left join customer c on c.id = t.customer_id
      left join account a on a.contact_id = q.id
      left join lateral (
        select m.connection_id, m.remote_key from mirror m join connection n on n.id = m.connection_id and n.party = 'desk'
        where m.record_id = t.id and m.state = 'live' order by m.created_at, m.id limit 1
      ) d on true`.execute(db)
  const named = { id: release.id, name: release.name }
  return rows.map((row) => ({ ...row, release: named }))
}
