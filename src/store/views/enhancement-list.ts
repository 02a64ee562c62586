import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type {
  EnhancementOrder,
  EnhancementStanding,
  EnhancementState,
  Importance,
  Reception,
} from '../../domain/enhancement.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { ReleaseState, TicketState, WorkItemState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { IN_SPAN, KEYS_OF_WORK } from '../traced-work.ts'
import { isOf, whereAll } from './conditions.ts'
import type { KeyedName } from './shown-parts.ts'
import { contains } from './ticket-list.ts'

interface Keyed {
  readonly id: string
  readonly key: string
  readonly title: string
}

/** Who wants it: each figure by itself, and none made of others. Merged ones count with what they went into. */
export interface Demand {
  readonly tickets: number
  readonly customers: number
  /** Customers by tier; `''`: without one. */
  readonly tiers: Readonly<Record<string, number>>
  /** Of the customers whose revenue is known; null: of none. */
  readonly revenue: number | null
  /** Tickets by how much it matters to them; the fifth: not asked. */
  readonly importance: readonly [number, number, number, number, number]
}

/** What who asked says of it, now that they have it. */
export interface ReceptionCounts {
  readonly adopted: number
  readonly praise: number
  readonly complaint: number
  /** As they answered when they were told of the release. */
  readonly works: number
  readonly stillBroken: number
  /** Customers who asked and have it on an installation; null: not out. */
  readonly haveIt: number | null
  /** Tickets about the component since its release came out; null: not out, or no component. */
  readonly ticketsSince: number | null
}

export interface ListedEnhancement extends Keyed {
  readonly product: KeyedName
  readonly component: KeyedName | null
  readonly problem: string
  /** What people decided; `standing` is what became of that. */
  readonly state: EnhancementState
  readonly standing: EnhancementStanding
  readonly publicWords: string | null
  readonly decision: { readonly words: string; readonly by: Actor; readonly at: Date } | null
  readonly demand: Demand
  readonly reception: ReceptionCounts
  readonly workItem: (Keyed & { readonly state: WorkItemState }) | null
  readonly release: {
    readonly id: string
    readonly name: string
    readonly state: ReleaseState
    readonly from: string | null
    readonly to: string | null
  } | null
  readonly mergedInto: Keyed | null
  readonly merged: readonly Keyed[]
  readonly version: number
  readonly createdAt: Date
}

export interface EnhancementFilter {
  readonly id?: string
  readonly productId?: string
  readonly workItemId?: string
  readonly standing?: EnhancementStanding
  readonly text?: string
}

const IS_SHIPPED = sql`w.state = 'done' and r.state = 'released'`

/**
 * Of the customers who ask for `e`, those who run what has its work `w`: by the commits of what runs there, else because
 * it is the release that the work was planned for.
 */
const HAVE_IT = sql`
  select count(distinct asked.customer_id)::int from asked
    join installation i on i.customer_id = asked.customer_id and i.product_id = e.product_id
    left join release v on i.release_id is null and v.product_id = i.product_id and v.name = i.version
  where asked.root = e.id and coalesce(i.release_id, v.id) in (
    select w.release_id union all
    select r.release_id from (${KEYS_OF_WORK}) k join trace_span s on s.key = k.key join trace_release r on ${IN_SPAN}
    where k.work_item_id = w.id)`

/** What became of it: by the decision, then by its work and the release of that. */
export const STANDING = sql`case when e.merged_into is not null then 'merged' when e.state <> 'accepted' then e.state
  when ${IS_SHIPPED} then 'shipped'
  when w.state in ('started', 'in review', 'verifying', 'done') then 'in progress' else 'planned' end`

/** By its own work, or that of one that was merged into it. */
const isAnsweredBy = (workItemId: string) => sql`e.id in (
  select coalesce(o.merged_into, o.id) from enhancement o where ${isOf(sql`o.work_item_id`, workItemId)})`

const keyed = (row: string): RawBuilder<unknown> =>
  sql`jsonb_build_object('id', ${sql.ref(`${row}.id`)}, 'key', ${sql.ref(`${row}.key`)}, 'title', ${sql.ref(`${row}.title`)})`

const COUNTED = (id: string | undefined) => sql`
  asked as (
    select coalesce(e.merged_into, e.id) as root, a.ticket_id, a.importance, a.reception, t.customer_id, c.tier, c.revenue
    from enhancement_ask a join enhancement e on e.id = a.enhancement_id join ticket t on t.id = a.ticket_id
      left join customer c on c.id = t.customer_id
    ${id === undefined ? sql`` : sql`where e.id = ${id}::uuid or e.merged_into = ${id}::uuid`}
  ),
  counts as (
    select root, count(*)::int as tickets,
      jsonb_build_array(${sql.join([0, 1, 2, 3].map((n) => sql`count(*) filter (where importance = ${sql.lit(n)})`))},
        count(*) filter (where importance is null)) as importance, count(*) filter (where importance = 3)::int as important,
      count(*) filter (where reception = 'adopted')::int as adopted, count(*) filter (where reception = 'praise')::int as praise,
      count(*) filter (where reception = 'complaint')::int as complaint,
      count(*) filter (where n.works)::int as works, count(*) filter (where n.broken)::int as broken
    from asked left join lateral (
      select bool_or(x.answer = 'works') as works, bool_or(x.answer = 'still broken') as broken
      from notice_ticket x where x.ticket_id = asked.ticket_id and x.answer is not null
    ) n on true group by root
  ),
  payers as (select root, customer_id, max(coalesce(tier, '')) as tier, max(revenue) as revenue from asked
    where customer_id is not null group by root, customer_id),
  weight as (select root, count(*)::int as customers, sum(revenue) as revenue from payers group by root),
  ranks as (select root, jsonb_object_agg(tier, n) as tiers
    from (select root, tier, count(*)::int as n from payers group by root, tier) x group by root)`

const ORDERED_BY: Readonly<Record<EnhancementOrder, RawBuilder<unknown>>> = {
  newest: sql`e.number::bigint`,
  customers: sql`coalesce(weight.customers, 0)::bigint`,
  tickets: sql`coalesce(counts.tickets, 0)::bigint`,
  revenue: sql`coalesce(weight.revenue, 0)::bigint`,
  important: sql`coalesce(counts.important, 0)::bigint`,
}

interface Row extends Omit<ListedEnhancement, 'decision'> {
  readonly sorted: string
  readonly decision: { readonly words: string; readonly by: Actor; readonly at: string } | null
}

/** Requests, by one column; merged ones only where they are asked for. */
export const listEnhancements = async (
  db: Database,
  filter: EnhancementFilter,
  order: EnhancementOrder,
  page: PageRequest,
): Promise<Result<Page<ListedEnhancement>, Refusal>> => {
  const place = readPlace(page.after, 'number')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const text = filter.text?.trim() ?? ''
  const conditions = [
    ...(filter.id === undefined ? [] : [isOf(sql`e.id`, filter.id)]),
    ...(filter.productId === undefined ? [] : [isOf(sql`e.product_id`, filter.productId)]),
    ...(filter.workItemId === undefined ? [] : [isAnsweredBy(filter.workItemId)]),
    ...(filter.standing === undefined
      ? filter.id === undefined
        ? [sql`e.merged_into is null`]
        : []
      : [sql`${STANDING} = ${filter.standing}`]),
    ...(text === ''
      ? []
      : [
          sql`(e.title ilike ${contains(text)} or e.problem ilike ${contains(text)} or lower(e.key) = ${text.toLowerCase()})`,
        ]),
  ]
  const sorted = ORDERED_BY[order]
  const after =
    place.value === null
      ? []
      : [sql`(${sorted}, e.id) < (${place.value.at}::bigint, ${place.value.id}::uuid)`]
  const { rows } = await sql<Row>`
    with ${COUNTED(filter.id)}
    select e.id, e.key, e.title, e.problem, e.state, ${STANDING} as standing, e.public_words as "publicWords", e.version,
      e.created_at as "createdAt", (${sorted})::text as sorted,
      jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product,
      case when c.id is null then null else jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name) end as component,
      case when e.decided_at is null then null else
        jsonb_build_object('words', e.decision_words, 'by', e.decided_by, 'at', e.decided_at) end as decision,
      jsonb_build_object('tickets', coalesce(counts.tickets, 0), 'customers', coalesce(weight.customers, 0),
        'tiers', coalesce(ranks.tiers, '{}'), 'revenue', weight.revenue,
        'importance', coalesce(counts.importance, '[0, 0, 0, 0, 0]')) as demand,
      jsonb_build_object('adopted', coalesce(counts.adopted, 0), 'praise', coalesce(counts.praise, 0),
        'complaint', coalesce(counts.complaint, 0), 'works', coalesce(counts.works, 0),
        'stillBroken', coalesce(counts.broken, 0), 'haveIt', case when ${IS_SHIPPED} then (${HAVE_IT}) end, 'ticketsSince', case when e.component_id is null or r.state <> 'released' then null
          else (select count(*) from ticket later where later.component_id = e.component_id and later.created_at >= r.released_at
            and later.kind <> 'enhancement request') end) as reception,
      case when w.id is null then null else ${keyed('w')} || jsonb_build_object('state', w.state) end as "workItem",
      case when r.id is null then null else jsonb_build_object('id', r.id, 'name', r.name, 'state', r.state,
        'from', r.planned_from, 'to', r.planned_to) end as release,
      case when m.id is null then null else ${keyed('m')} end as "mergedInto",
      coalesce((select jsonb_agg(${keyed('o')} order by o.number) from enhancement o where o.merged_into = e.id), '[]') as merged
    from enhancement e join product p on p.id = e.product_id left join component c on c.id = e.component_id
      join work_of_enhancement x on x.enhancement_id = e.id left join work_item w on w.id = x.work_item_id left join release r on r.id = w.release_id
      left join enhancement m on m.id = e.merged_into left join counts on counts.root = e.id
      left join weight on weight.root = e.id left join ranks on ranks.root = e.id
    ${whereAll([...conditions, ...after])} order by ${sorted} desc, e.id desc limit ${sql.lit(limit + 1)}`.execute(
    db,
  )
  const found = pageOf(rows, limit, (row) => ({ at: row.sorted, id: row.id }))
  return ok({ ...found, items: found.items.map(shown) })
}

const shown = ({ sorted: _, decision, ...row }: Row): ListedEnhancement => ({
  ...row,
  decision: decision === null ? null : { ...decision, at: new Date(decision.at) },
})

/** The ticket that `t` is answered on: itself, or what it went into in the end. */
const ANSWERED_ON = sql`(with recursive way as (
    select t.id, t.merged_into union select o.id, o.merged_into from way y join ticket o on o.id = y.merged_into
  ) select id from way where merged_into is null)`

/** A ticket that asks for it. */
export interface ListedAsk {
  readonly id: string
  readonly ticket: Keyed & { readonly state: TicketState }
  readonly customer: (KeyedName & { readonly tier: string | null; readonly revenue: number | null }) | null
  /** It asked for one that was merged into this. */
  readonly via: string | null
  readonly importance: Importance | null
  /** When it was told the decision that stands. */
  readonly toldAt: Date | null
  /** The work that its ticket waits for now, whatever it asks for. */
  readonly waitsFor: Keyed | null
  readonly reception: Reception | null
  readonly receptionWords: string | null
  readonly at: Date
}

/** Who asks for it, the first to ask first. */
export const listAsks = async (
  db: Database,
  enhancementId: string,
  page: PageRequest,
): Promise<Result<Page<ListedAsk>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const after =
    place.value === null
      ? sql`true`
      : sql`(a.at, a.id) > (${place.value.at}::timestamptz, ${place.value.id}::uuid)`
  const { rows } = await sql<ListedAsk>`
    select a.id, a.importance, a.reception, a.reception_words as "receptionWords", a.at,
      ${keyed('t')} || jsonb_build_object('state', t.state) as ticket,
      case when c.id is null then null else jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name, 'tier', c.tier,
        'revenue', c.revenue) end as customer,
      case when e.id = ${enhancementId}::uuid then null else e.key end as via,
      told.at as "toldAt", case when w.id is null then null else ${keyed('w')} end as "waitsFor"
    from enhancement_ask a join enhancement e on e.id = a.enhancement_id
      join enhancement root on root.id = ${enhancementId}::uuid join ticket t on t.id = a.ticket_id
      left join customer c on c.id = t.customer_id
      left join enhancement_telling told on told.ticket_id = t.id and told.decision_number = root.decision_number
        and root.decided_at is not null
      left join escalation b on b.ticket_id = ${ANSWERED_ON} and b.ended_at is null
      left join work_item w on w.id = b.work_item_id
    where (e.id = ${enhancementId}::uuid or e.merged_into = ${enhancementId}::uuid) and ${after}
    order by a.at, a.id limit ${sql.lit(limit + 1)}`.execute(db)
  return ok(pageOf(rows, limit, (row) => ({ at: row.at.toISOString(), id: row.id })))
}

/** A wish `t` that is filed, where it is not yet; one that is closed is not asked about any more. */
export const MAY_BE_FILED = sql`t.kind = 'enhancement request' and t.state in ('new', 'open', 'waiting', 'resolved')`

/** A ticket that wishes for something nobody has filed yet. */
export interface UnfiledWish extends Keyed {
  readonly state: TicketState
  readonly customer: KeyedName | null
  readonly product: KeyedName | null
  readonly createdAt: Date
}

/** The intake: enhancement requests among the tickets that ask for nothing yet, the oldest first. */
export const listUnfiled = async (
  db: Database,
  page: PageRequest,
): Promise<Result<Page<UnfiledWish>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const after =
    place.value === null
      ? sql`true`
      : sql`(t.created_at, t.id) > (${place.value.at}::timestamptz, ${place.value.id}::uuid)`
  const { rows } = await sql<UnfiledWish>`
    select t.id, t.key, t.title, t.state, t.created_at as "createdAt",
      case when c.id is null then null else jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name) end as customer,
      case when p.id is null then null else jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) end as product
    from ticket t left join customer c on c.id = t.customer_id left join product p on p.id = t.product_id
    where ${MAY_BE_FILED}
      and not exists (select from enhancement_ask a where a.ticket_id = t.id) and ${after}
    order by t.created_at, t.id limit ${sql.lit(limit + 1)}`.execute(db)
  return ok(pageOf(rows, limit, (row) => ({ at: row.createdAt.toISOString(), id: row.id })))
}
