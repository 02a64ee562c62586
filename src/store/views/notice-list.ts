import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { NoticeReason, NoticeState, OutreachStanding, Run } from '../../domain/outreach.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Language } from '../../domain/settings.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, whereAll } from './conditions.ts'
import type { KeyedName, Named } from './shown-parts.ts'

export interface ListedNotice {
  readonly id: string
  readonly state: NoticeState
  readonly standing: OutreachStanding
  readonly release: Named
  readonly product: KeyedName
  readonly contact: Named | null
  readonly customer: KeyedName | null
  /** Title of the connection that it goes through; null: the portal. */
  readonly channel: string | null
  readonly language: Language
  /** Markdown. */
  readonly text: string
  readonly isEdited: boolean
  readonly isHeld: boolean
  readonly dueAt: Date | null
  readonly approvedBy: Actor | null
  readonly reason: NoticeReason | null
  readonly why: string | null
  readonly endedAt: Date | null
  readonly endedBy: Actor | null
  readonly tickets: readonly {
    readonly id: string
    readonly key: string
    readonly shownKey: string
    readonly title: string
    readonly runs: readonly Run[]
    /** Why it dropped out; null: it is told. */
    readonly reason: NoticeReason | null
    readonly answer: 'works' | 'still broken' | null
  }[]
  readonly version: number
  readonly createdAt: Date
}

export interface NoticeFilter {
  readonly id?: string
  readonly state?: NoticeState
  readonly standing?: OutreachStanding
  readonly releaseId?: string
  readonly productId?: string
  readonly customerId?: string
}

const TICKETS = sql`(select jsonb_agg(jsonb_build_object('id', t.id, 'key', t.key, 'shownKey', x.shown_key, 'title', t.title,
    'runs', x.runs, 'reason', x.reason, 'answer', x.answer) order by t.number)
  from notice_ticket x join ticket t on t.id = x.ticket_id where x.notice_id = n.id)`

/** Notices, the latest first. */
export const listNotices = async (
  db: Database,
  filter: NoticeFilter,
  page: PageRequest,
): Promise<Result<Page<ListedNotice>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const { id, state, standing, releaseId, productId, customerId } = filter
  const conditions = [
    ...(id === undefined ? [] : [isOf(sql`n.id`, id)]),
    ...(state === undefined ? [] : [sql`n.state = ${sql.lit(state)}`]),
    ...(standing === undefined ? [] : [sql`n.standing = ${sql.lit(standing)}`]),
    ...(releaseId === undefined ? [] : [isOf(sql`n.release_id`, releaseId)]),
    ...(productId === undefined ? [] : [isOf(sql`r.product_id`, productId)]),
    ...(customerId === undefined ? [] : [isOf(sql`n.customer_id`, customerId)]),
    ...(place.value === null
      ? []
      : [sql`(n.created_at, n.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<ListedNotice>`
    select n.id, n.state, n.standing, n.language, n.text, n.is_edited as "isEdited", n.is_held as "isHeld", n.due_at as "dueAt",
      n.approved_by as "approvedBy", n.reason, n.why, n.ended_at as "endedAt", n.ended_by as "endedBy", n.version,
      n.created_at as "createdAt", d.title as channel, coalesce(${TICKETS}, '[]') as tickets,
      jsonb_build_object('id', r.id, 'name', r.name) as release,
      jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product,
      case when q.id is null then null else jsonb_build_object('id', q.id, 'name', q.name) end as contact,
      case when c.id is null then null else jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name) end as customer
    from notice n join release r on r.id = n.release_id join product p on p.id = r.product_id
      left join contact q on q.id = n.contact_id left join customer c on c.id = n.customer_id
      left join connection d on d.id = n.connection_id
    ${whereAll(conditions)} order by n.created_at desc, n.id desc limit ${sql.lit(limit + 1)}`.execute(db)
  return ok(pageOf(rows, limit, (row) => ({ at: row.createdAt.toISOString(), id: row.id })))
}

export interface NoticeCount {
  readonly standing: OutreachStanding
  readonly state: NoticeState
  readonly notices: number
  readonly tickets: number
}

/** How many of a release, or of all, by standing and state. Those that were suppressed hold no tickets any more. */
export const countNotices = async (
  db: Database,
  filter: { readonly releaseId: string | null },
): Promise<readonly NoticeCount[]> => {
  const { rows } = await sql<NoticeCount>`
    select n.standing, n.state, count(distinct n.id)::int as notices, count(x.ticket_id)::int as tickets
    from notice n left join notice_ticket x on x.notice_id = n.id and x.is_live
    where ${filter.releaseId === null ? sql`n.state = 'proposed'` : isOf(sql`n.release_id`, filter.releaseId)}
    group by n.standing, n.state order by n.standing, n.state`.execute(db)
  return rows
}
