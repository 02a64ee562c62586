import { type RawBuilder, sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import type { ReleaseStanding, TicketState, WorkItemState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { IN_SPAN, KEYS_OF_WORK } from '../traced-work.ts'
import { STANDS_BEHIND, TIES } from './shared-columns.ts'
import type { KeyedName, Named } from './shown-parts.ts'
import { contentsOf } from './trace.ts'
import type { HasIt } from './who-has-it.ts'

export interface WaitingTicket {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly state: TicketState
  readonly customer: KeyedName | null
  readonly contact: Named | null
  readonly owner: Named | null
  readonly workItems: readonly {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly state: WorkItemState
  }[]
  /** The one it is about, else all that the customer has of the product. */
  readonly installations: readonly {
    readonly id: string
    readonly environment: string
    readonly version: string | null
    readonly has: HasIt
  }[]
  readonly standing: ReleaseStanding
}

/** The work that a release brings, or that was planned for it, and every ticket behind it; `only`: among these. */
export const pairsOf = (id: string, only: readonly string[] | null = null): RawBuilder<unknown> => sql`
  with target as (
    select r.*, exists (select from trace_release t where t.release_id = r.id) as is_traced from release r where r.id = ${id}::uuid
  ),
  fixed as (
    select x.work_item_id as id from (${contentsOf(id)}) x where x.change = 'enters' and x.work_item_id is not null
    union select w.id from work_item w where w.release_id = ${id}::uuid
  ),
  pair as materialized (
    select distinct e.ticket_id, w.id as work_item_id, w.key, w.title, w.state from fixed f
      join escalation e on e.work_item_id = f.id and ${STANDS_BEHIND} and ${TIES} join work_item w on w.id = f.id
    ${only === null ? sql`` : sql`where e.ticket_id = any(${[...only]}::uuid[])`}
  )`

const IS_OPEN = sql`t.state not in ('closed', 'cancelled', 'merged')`
const CLOSED_SINCE = sql`(t.state = 'closed' and t.closed_at > (select released_at from target))`

/**
 * Every open ticket behind work that is new in release `id`, or that was planned for it; closed ones have had their
 * answer. A ticket has the fix where all of its work is in what runs; several installations: where each has it. Nobody must
 * upgrade to a release whose commits do not bring what was planned for it; where no commit at all names that work, nobody
 * knows who has it.
 */
const waiting = (
  id: string,
  only: readonly string[] | null = null,
  which: RawBuilder<unknown> = IS_OPEN,
): RawBuilder<unknown> => sql`
  ${pairsOf(id, only)},
  behind as materialized (
    select t.* from ticket t where t.id in (select ticket_id from pair) and ${which}
  ),
  runs as materialized (
    select x.ticket_id, i.id, i.environment, coalesce(i.version, r.name, v.name) as version, coalesce(r.id, v.id) as release_id
    from (
      select b.id as ticket_id, b.installation_id as id from behind b where b.installation_id is not null
      union all
      select b.id, i.id from behind b join installation i on i.customer_id = b.customer_id where b.installation_id is null
    ) x join installation i on i.id = x.id join target g on g.product_id = i.product_id
      left join release r on r.id = i.release_id
      left join release v on i.release_id is null and v.product_id = i.product_id and v.name = i.version
  ),
  installed as materialized (
    select x.release_id, exists (select from trace_release t where t.release_id = x.release_id) as is_traced
    from (select distinct release_id from runs where release_id is not null) x
  ),
  having_it as materialized (
    select distinct p.work_item_id, r.release_id from (select distinct work_item_id from pair) p
      join (${KEYS_OF_WORK}) k on k.work_item_id = p.work_item_id
      join trace_span s on s.key = k.key join trace_release r on ${IN_SPAN}
    where r.release_id in (select release_id from installed union select id from target)
    union
    select p.work_item_id, g.id from pair p cross join target g where not g.is_traced
  ),
  unbrought as materialized (
    select p.ticket_id, p.work_item_id, exists (select from (${KEYS_OF_WORK}) k join trace_span s on s.key = k.key
      where k.work_item_id = p.work_item_id) as is_named
    from pair p cross join target g
      left join having_it h on h.work_item_id = p.work_item_id and h.release_id = g.id where h.work_item_id is null
  ),
  lacking as materialized (
    select u.ticket_id, u.id, bool_or(coalesce(b.is_named, true)) as is_sure from runs u join pair p on p.ticket_id = u.ticket_id
      left join having_it h on h.work_item_id = p.work_item_id and h.release_id = u.release_id
      left join unbrought b on b.ticket_id = p.ticket_id and b.work_item_id = p.work_item_id
    where h.work_item_id is null group by u.ticket_id, u.id
  ),
  standing as materialized (
    select u.*, case
      when n.release_id is null or not (n.is_traced or n.release_id = (select id from target)) then 'unknown'
      when l.id is null then 'yes' when l.is_sure then 'no' else 'unknown' end as has
    from runs u left join installed n on n.release_id = u.release_id
      left join lacking l on l.ticket_id = u.ticket_id and l.id = u.id
  ),
  installations as materialized (
    select s.ticket_id, bool_or(s.has = 'no') as lacks, bool_and(s.has = 'yes') as has,
      jsonb_agg(jsonb_build_object('id', s.id, 'environment', s.environment, 'version', s.version, 'has', s.has)
        order by s.environment, s.id) as list
    from standing s group by s.ticket_id
  ),
  work as materialized (
    select p.ticket_id, bool_or(p.state <> 'done') as goes_on,
      jsonb_agg(jsonb_build_object('id', p.work_item_id, 'key', p.key, 'title', p.title, 'state', p.state) order by p.key) as list
    from pair p group by p.ticket_id
  ),
  shown as (
    select b.id, b.key, b.title, b.state, b.customer_id, b.contact_id, b.owner_id, w.list as "workItems",
      coalesce(i.list, '[]') as installations,
      case when w.goes_on then 'work goes on'
        when i.has then 'has it'
        when i.lacks and g.state = 'released' and b.id not in (select ticket_id from unbrought) then 'must upgrade'
        when g.state not in ('released', 'withdrawn') then 'gets it' else 'unknown' end as standing
    from behind b cross join target g join work w on w.ticket_id = b.id left join installations i on i.ticket_id = b.id
  )`

const NOBODY = sql`null::jsonb`
const named = (alias: string) =>
  sql`case when ${sql.ref(`${alias}.id`)} is null then ${NOBODY} else jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', ${sql.ref(`${alias}.name`)}) end`

export const listWaiting = async (
  db: Database,
  filter: { readonly releaseId: string; readonly standing: ReleaseStanding | null },
  page: PageRequest,
): Promise<Result<Page<WaitingTicket>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const at = place.value?.at ?? null
  const { rows } = await sql<WaitingTicket & { readonly sorted: string }>`
    ${waiting(filter.releaseId)}
    select x.id, x.key, x.title, x.state, x."workItems", x.installations, x.standing, coalesce(lower(c.name), '') as sorted,
      case when c.id is null then ${NOBODY} else jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name) end as customer,
      ${named('q')} as contact, ${named('p')} as owner
    from shown x left join customer c on c.id = x.customer_id left join contact q on q.id = x.contact_id
      left join person p on p.id = x.owner_id
    where (${filter.standing}::text is null or x.standing = ${filter.standing})
      and (${at}::text is null
        or (coalesce(lower(c.name), '') collate "C", x.id) > (${at} collate "C", ${place.value?.id ?? null}::uuid))
    order by coalesce(lower(c.name), '') collate "C", x.id limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.sorted, id: row.id }))
  return ok({ ...found, items: found.items.map(({ sorted: _, ...row }) => row) })
}

export interface WaitingCount {
  readonly tickets: number
  readonly customers: number
}

export const countWaiting = async (
  db: Database,
  releaseId: string,
): Promise<Readonly<Record<ReleaseStanding, WaitingCount>>> => {
  const { rows } = await sql<WaitingCount & { readonly standing: ReleaseStanding }>`
    ${waiting(releaseId)}
    select standing, count(*)::int as tickets, count(distinct customer_id)::int as customers from shown group by standing`.execute(
    db,
  )
  const none = { tickets: 0, customers: 0 }
  const of = (standing: ReleaseStanding): WaitingCount => {
    const row = rows.find((each) => each.standing === standing)
    return row === undefined ? none : { tickets: row.tickets, customers: row.customers }
  }
  return {
    ...{ 'has it': of('has it'), 'must upgrade': of('must upgrade'), 'gets it': of('gets it') },
    ...{ 'work goes on': of('work goes on'), unknown: of('unknown') },
  }
}

/** How each open ticket behind a release stands to it, and by what: without the words of a screen. */
export interface TicketStanding extends Pick<WaitingTicket, 'id' | 'state' | 'standing' | 'installations'> {
  readonly workItems: readonly { readonly id: string }[]
}

const standings = async (db: Database, from: RawBuilder<unknown>): Promise<readonly TicketStanding[]> =>
  (
    await sql<TicketStanding>`${from} select id, state, standing, installations, "workItems" from shown`.execute(
      db,
    )
  ).rows

export const standingsOf = (
  db: Database,
  releaseId: string,
  only: readonly string[] | null = null,
): Promise<readonly TicketStanding[]> => standings(db, waiting(releaseId, only))

/** With those that were closed since the release is out, as they would stand now. */
export const standingsSinceOut = (db: Database, releaseId: string): Promise<readonly TicketStanding[]> =>
  standings(db, waiting(releaseId, null, sql`(${IS_OPEN} or ${CLOSED_SINCE})`))
