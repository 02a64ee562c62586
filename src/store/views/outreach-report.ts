import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { ReachedTicket } from '../../domain/notice-coverage.ts'
import type { NoticeReason, NoticeState, OutreachStanding } from '../../domain/outreach.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { ReleaseStanding, TicketState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import type { KeyedName, Named } from './shown-parts.ts'
import { changesBehind } from './tickets-to-tell.ts'
import { pairsOf, standingsOf, standingsSinceOut, type TicketStanding } from './waiting-for-release.ts'

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

interface ToldTicket {
  readonly ticketId: string
  readonly since: Date
  readonly told: NonNullable<ReportedTicket['told']>
}

/** What tickets were told first of the fix itself, of whatever release that brought it. */
const toldTickets = async (
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ToldTicket>> => {
  const { rows } = await sql<Omit<ToldTicket, 'told'> & NonNullable<ReportedTicket['told']>>`
    select distinct on (x.ticket_id) x.ticket_id as "ticketId", x.since, x.answer, n.standing, n.ended_at as at,
      n.ended_by as by, r.name as release
    from notice_ticket x join notice n on n.id = x.notice_id join release r on r.id = n.release_id
    where x.ticket_id = any(${[...ids]}::uuid[]) and n.state = 'sent' and x.is_live and x.standing <> 'gets it'
    order by x.ticket_id, n.ended_at`.execute(db)
  return new Map(rows.map(({ ticketId, since, ...told }) => [ticketId, { ticketId, since, told }]))
}

interface UntoldTicket {
  readonly ticketId: string
  readonly reason: NoticeReason | null
  readonly why: string | null
  readonly state: NoticeState
}

/** What became of the last message of this release that was not sent. */
const untoldTickets = async (
  db: Database,
  releaseId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, UntoldTicket>> => {
  const { rows } = await sql<UntoldTicket>`
    select distinct on (x.ticket_id) x.ticket_id as "ticketId", coalesce(x.reason, n.reason) as reason, n.why, n.state
    from notice_ticket x join notice n on n.id = x.notice_id
    where x.ticket_id = any(${[...ids]}::uuid[]) and n.release_id = ${releaseId}::uuid and n.state <> 'sent'
    order by x.ticket_id, n.created_at desc, n.id desc`.execute(db)
  return new Map(rows.map((row) => [row.ticketId, row]))
}

const OPTED_OUT = sql`not (coalesce(q.takes_notices, true) and coalesce(c.takes_notices, true))`

interface PairRow extends Pick<ReportedTicket, 'workItem' | 'ticket' | 'customer' | 'contact'> {
  readonly isOptedOut: boolean
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
  const { rows } = await sql<PairRow>`
    ${pairsOf(releaseId)}
    select jsonb_build_object('id', w.id, 'key', w.key, 'title', w.title) as "workItem",
      jsonb_build_object('id', t.id, 'key', t.key, 'title', t.title, 'state', t.state) as ticket,
      case when c.id is null then null else jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name) end as customer,
      case when q.id is null then null else jsonb_build_object('id', q.id, 'name', q.name) end as contact,
      ${OPTED_OUT} as "isOptedOut", y.sorted
    from (
      select p.ticket_id, p.work_item_id, lpad(w.number::text, 12, '0') || '.' || lpad(t.number::text, 12, '0') as sorted
      from pair p join work_item w on w.id = p.work_item_id join ticket t on t.id = p.ticket_id
    ) y join work_item w on w.id = y.work_item_id join ticket t on t.id = y.ticket_id
      left join customer c on c.id = t.customer_id left join contact q on q.id = t.contact_id
    where ${at}::text is null or y.sorted > ${at}
    order by y.sorted limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.sorted, id: row.ticket.id }))
  const ids = found.items.map(({ ticket }) => ticket.id)
  const standings = new Map((await standingsOf(db, releaseId, ids)).map(({ id, standing }) => [id, standing]))
  const [told, untold] = [await toldTickets(db, ids), await untoldTickets(db, releaseId, ids)]
  return ok({
    ...found,
    items: found.items.map(({ isOptedOut, sorted: _, ...row }) => {
      const last = untold.get(row.ticket.id)
      const isProposed = last?.state === 'proposed' && last.reason === null
      const said = told.get(row.ticket.id)?.told ?? null
      const optedOut = said === null && isOptedOut ? 'opted out' : null
      return {
        ...row,
        ...{ told: said, isProposed, standing: standings.get(row.ticket.id) ?? null },
        reason: isProposed ? null : (last?.reason ?? optedOut),
        why: last?.why ?? null,
      }
    }),
  })
}

/** What ran there when it was closed is not known any more: the fix was there for them since the release was out. */
const whenClosed = (one: TicketStanding): TicketStanding =>
  one.state === 'closed' ? { ...one, standing: 'must upgrade' } : one

/**
 * The tickets whose customers a release has reached, for how many of them were told in time; those too that were closed
 * since then and never told.
 */
export const reachedTickets = async (db: Database, releaseId: string): Promise<readonly ReachedTicket[]> => {
  const { rows: pairs } = await sql<{ readonly id: string }>`
    ${pairsOf(releaseId)} select distinct ticket_id as id from pair`.execute(db)
  if (pairs.length === 0) return []
  const standings = await standingsSinceOut(db, releaseId)
  const told = await toldTickets(
    db,
    pairs.map(({ id }) => id),
  )
  const reached = new Map(
    standings.flatMap((one) =>
      one.standing === 'has it' || one.standing === 'must upgrade' ? [[one.id, whenClosed(one)]] : [],
    ),
  )
  const changed = await changesBehind(db, releaseId, [...reached.values()])
  const { rows } = await sql<
    Pick<ReachedTicket, 'ticketId' | 'customerId' | 'isOptedOut'> & { createdAt: Date; closedAt: Date | null }
  >`
    select t.id as "ticketId", t.customer_id as "customerId", ${OPTED_OUT} as "isOptedOut", t.created_at as "createdAt",
      t.closed_at as "closedAt"
    from ticket t left join customer c on c.id = t.customer_id left join contact q on q.id = t.contact_id
    where t.id = any(${[...new Set([...reached.keys(), ...told.keys()])]}::uuid[])`.execute(db)
  return rows.flatMap(({ createdAt, closedAt, ...row }) => {
    const [said, standing] = [told.get(row.ticketId), reached.get(row.ticketId)]
    const since = said?.since ?? (standing === undefined ? createdAt : changed(standing, createdAt))
    const wasOver = said === undefined && closedAt !== null && closedAt <= since
    return wasOver ? [] : [{ ...row, since, toldAt: said?.told.at ?? null }]
  })
}
