import { sql } from 'kysely'
import type { Candidate } from '../../domain/outreach.ts'
import type { Language } from '../../domain/settings.ts'
import type { Database } from '../database.ts'
import { IN_SPAN, KEYS_OF_WORK } from '../traced-work.ts'
import type { Named } from './shown-parts.ts'
import { standingsOf, type TicketStanding } from './waiting-for-release.ts'

/** A ticket that a release may be told to, with whatever that depends on. */
export interface TicketToTell extends Candidate {
  /** The key that its customer knows it by. */
  readonly shownKey: string
  readonly number: number
  readonly title: string
  /** It asks for something new. */
  readonly isWish: boolean
  readonly contact: Named | null
  readonly customer: Named | null
  /** As the contact chose, else as is kept of them, else of their organisation; null: none is known. */
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

/**
 * Releases with something to tell: of work that is done, behind which a ticket is open that was not told that it has it; or
 * with notices that wait. Tickets that nobody ever closes would else be looked at for ever.
 */
export const releasesInPlay = async (db: Database): Promise<readonly ReleaseInPlay[]> => {
  const { rows } = await sql<ReleaseInPlay>`
    with work as materialized (
      select distinct e.work_item_id from escalation e join ticket t on t.id = e.ticket_id
      where e.ended_at is null and e.state in ('fixed', 'released') and t.state not in ('closed', 'cancelled', 'merged')
        and not exists (select from notice_ticket o join notice n on n.id = o.notice_id
          where o.ticket_id = t.id and o.is_live and o.standing = 'has it' and n.state in ('sent', 'dismissed')
            and o.reopened = t.reopened_count and o.answer is distinct from 'still broken')
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

/** Tickets behind a release as they stand to it; `only`: among these. Those that are closed are not among them. */
export const ticketsToTell = async (
  db: Database,
  release: ReleaseInPlay,
  only: readonly string[] | null = null,
): Promise<readonly TicketToTell[]> => {
  const standings = await standingsOf(db, release.id, only)
  if (standings.length === 0) return []
  const about = await aboutTickets(
    db,
    standings.map(({ id }) => id),
  )
  const changed = await changesBehind(db, release.id, standings)
  const named = { id: release.id, name: release.name }
  return standings.flatMap((standing) => {
    const row = about.get(standing.id)
    if (row === undefined) return []
    const { createdAt, workItemId, bond, ...known } = row
    return [
      {
        ...known,
        ...{
          ticketId: standing.id,
          ticketState: standing.state,
          standing: standing.standing,
          release: named,
        },
        bond: standing.workItems.some(({ id }) => id === workItemId) ? bond : null,
        runs: standing.installations.map(({ environment, version, has }) => ({ environment, version, has })),
        since: changed(standing, createdAt),
      },
    ]
  })
}

interface AboutTicket
  extends Omit<TicketToTell, 'ticketId' | 'ticketState' | 'standing' | 'release' | 'runs' | 'since'> {
  readonly createdAt: Date
  /** Of the live bond. */
  readonly workItemId: string | null
}

/** By ids that are known: what is asked beside the standings would be planned as if there were a handful. */
const aboutTickets = async (
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AboutTicket>> => {
  const these = sql`any(${[...ids]}::uuid[])`
  const { rows } = await sql<AboutTicket & { readonly id: string }>`
    with told as materialized (
      select o.ticket_id, jsonb_agg(jsonb_build_object('standing', o.standing, 'release', r.name, 'releaseId', r.id,
        'reopened', o.reopened, 'answer', o.answer, 'runs', o.runs)) as list
      from notice_ticket o join notice n on n.id = o.notice_id join release r on r.id = o.release_id
      where o.ticket_id = ${these} and o.is_live and n.state in ('sent', 'dismissed') group by o.ticket_id
    ),
    kept as materialized (
      select distinct on (m.record_id) m.record_id, m.connection_id, m.remote_key
      from mirror m join connection n on n.id = m.connection_id and n.party = 'desk'
      where m.record_id = ${these} and m.state = 'live' order by m.record_id, m.created_at, m.id
    )
    select t.id, t.number::int as number, t.title, t.kind = 'enhancement request' as "isWish", t.reopened_count as reopened, t.created_at as "createdAt",
      coalesce(d.remote_key, t.key) as "shownKey", d.connection_id as "connectionId", coalesce(a.language, q.language, c.language) as language,
      coalesce(q.takes_notices, true) and coalesce(c.takes_notices, true) as "takesNotices",
      e.state as bond, e.work_item_id as "workItemId", coalesce(o.list, '[]') as told,
      case when q.id is null then null else jsonb_build_object('id', q.id, 'name', q.name) end as contact,
      case when c.id is null then null else jsonb_build_object('id', c.id, 'name', c.name) end as customer
    from ticket t left join escalation e on e.ticket_id = t.id and e.ended_at is null
      left join contact q on q.id = t.contact_id and q.archived_at is null
      left join customer c on c.id = t.customer_id left join account a on a.contact_id = q.id
      left join told o on o.ticket_id = t.id left join kept d on d.record_id = t.id
    where t.id = ${these}`.execute(db)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** When a ticket came to stand so: its release out, its work done, and for who has it what runs there put there. */
export const changesBehind = async (
  db: Database,
  releaseId: string,
  standings: readonly TicketStanding[],
): Promise<(standing: TicketStanding, createdAt: Date) => Date> => {
  const works = idsOf(standings.flatMap(({ workItems }) => workItems))
  const places = idsOf(standings.flatMap(({ installations }) => installations))
  const { rows } = await sql<{ readonly id: string; readonly at: Date }>`
    select id, done_at as at from work_item where id = any(${works}::uuid[]) and done_at is not null
    union all select id, updated_at from installation where id = any(${places}::uuid[])
    union all select id, released_at from release where id = ${releaseId}::uuid and released_at is not null`.execute(
    db,
  )
  const at = new Map(rows.map((row) => [row.id, row.at.getTime()]))
  return ({ standing, workItems, installations }, createdAt) => {
    const behind = [releaseId, ...workItems.map(({ id }) => id)]
    const all = standing === 'has it' ? [...behind, ...installations.map(({ id }) => id)] : behind
    return new Date(Math.max(createdAt.getTime(), ...all.map((id) => at.get(id) ?? 0)))
  }
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => [...new Set(rows.map(({ id }) => id))]
