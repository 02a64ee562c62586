import { type RawBuilder, sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import type { RequestForm } from '../../domain/request-form.ts'
import type { Language } from '../../domain/settings.ts'
import type { ReleaseState, Role } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { whereAll } from './conditions.ts'
import { mirrorsOf, RELEASE_WITH_HISTORY } from './shared-columns.ts'
import type { InJson, KeyedName, Named, ReleaseJson, ShownMirror, ShownRelease } from './shown-parts.ts'
import { readMirror, readRelease } from './shown-parts.ts'
import { contains } from './ticket-list.ts'

/** Who and what there is, by name; archived ones only when asked for. */
export interface OrganisationFilter {
  readonly text?: string
  readonly archived?: boolean
}

export interface ListedCustomer extends KeyedName {
  readonly tier: string | null
  readonly revenue: number | null
  readonly takesNotices: boolean
  readonly language: Language | null
  readonly openTickets: number
  readonly archivedAt: Date | null
}
export interface ListedContact extends Named {
  readonly email: string | null
  readonly isAdmin: boolean
  readonly takesNotices: boolean
  readonly language: Language | null
  readonly customer: KeyedName | null
  readonly archivedAt: Date | null
}
export interface ListedPerson extends Named {
  readonly email: string
  readonly roles: readonly Role[]
  readonly teams: readonly KeyedName[]
  readonly archivedAt: Date | null
}
export interface ListedTeam extends KeyedName {
  readonly members: readonly (Named & { readonly email: string })[]
  readonly archivedAt: Date | null
}
export interface ListedProduct extends KeyedName {
  readonly team: KeyedName | null
  readonly components: readonly (KeyedName & { readonly team: KeyedName; readonly archived: boolean })[]
  /** What customers are asked; null: nothing besides the usual. */
  readonly form: RequestForm | null
  readonly archivedAt: Date | null
}
export interface ListedInstallation extends Named {
  readonly customer: KeyedName
  readonly product: KeyedName
  readonly environment: string
  readonly release: Named | null
  readonly version: string | null
}

/** One list sorted by `name`, then id: the query gives those two columns besides its own. */
const byName = async <T extends Named>(
  db: Database,
  rows: RawBuilder<unknown>,
  page: PageRequest,
): Promise<Result<Page<T>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const after =
    place.value === null
      ? sql``
      : sql`where (lower(x.name) collate "C", x.id) > (${place.value.at} collate "C", ${place.value.id}::uuid)`
  const result = await sql<T & { readonly sorted: string }>`
    select x.*, lower(x.name) as sorted from (${rows}) x ${after}
    order by lower(x.name) collate "C", x.id limit ${sql.lit(limit + 1)}`.execute(db)
  const { items, next } = pageOf(result.rows, limit, (row) => ({ at: row.sorted, id: row.id }))
  return ok({ items: items.map(({ sorted: _, ...row }) => row as unknown as T), next })
}

const found = (filter: OrganisationFilter, alias: string, ...columns: readonly string[]) => {
  const archived = filter.archived === true ? sql`true` : sql`${sql.ref(`${alias}.archived_at`)} is null`
  const text = filter.text?.trim() ?? ''
  if (text === '') return archived
  const hits = columns.map((column) => sql`${sql.ref(`${alias}.${column}`)} ilike ${contains(text)}`)
  return sql`${archived} and (${sql.join(hits, sql` or `)})`
}

const keyed = (alias: string) =>
  sql`jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'key', ${sql.ref(`${alias}.key`)}, 'name', ${sql.ref(`${alias}.name`)})`

export const listCustomers = (db: Database, filter: OrganisationFilter, page: PageRequest) =>
  byName<ListedCustomer>(
    db,
    sql`select c.id, c.key, c.name, c.tier, c.revenue, c.takes_notices as "takesNotices", c.language, c.archived_at as "archivedAt",
      (select count(*)::int from ticket t where t.customer_id = c.id and t.state in ('new', 'open', 'waiting')) as "openTickets"
      from customer c where ${found(filter, 'c', 'name', 'key')}`,
    page,
  )

export const listContacts = (
  db: Database,
  filter: OrganisationFilter & { readonly customerId?: string },
  page: PageRequest,
) =>
  byName<ListedContact>(
    db,
    sql`select q.id, q.name, q.email, q.is_admin as "isAdmin", q.takes_notices as "takesNotices", q.language, q.archived_at as "archivedAt", case when c.id is null then null else ${keyed('c')} end as customer
      from contact q left join customer c on c.id = q.customer_id
      where ${found(filter, 'q', 'name', 'email')} and (${filter.customerId ?? null}::uuid is null or q.customer_id = ${filter.customerId ?? null}::uuid)`,
    page,
  )

export const listPeople = (db: Database, filter: OrganisationFilter, page: PageRequest) =>
  byName<ListedPerson>(
    db,
    sql`select p.id, p.name, p.email, p.roles, p.archived_at as "archivedAt",
      coalesce((select jsonb_agg(${keyed('m')} order by m.name) from team_member tm join team m on m.id = tm.team_id where tm.person_id = p.id), '[]') as teams
      from person p where ${found(filter, 'p', 'name', 'email')}`,
    page,
  )

export const listTeams = (db: Database, filter: OrganisationFilter, page: PageRequest) =>
  byName<ListedTeam>(
    db,
    sql`select m.id, m.key, m.name, m.archived_at as "archivedAt",
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email) order by p.name)
        from team_member tm join person p on p.id = tm.person_id where tm.team_id = m.id), '[]') as members
      from team m where ${found(filter, 'm', 'name', 'key')}`,
    page,
  )

export const listProducts = (db: Database, filter: OrganisationFilter, page: PageRequest) =>
  byName<ListedProduct>(
    db,
    sql`select p.id, p.key, p.name, p.request_form as form, p.archived_at as "archivedAt",
      (select ${keyed('m')} from team m where m.id = p.team_id) as team,
      coalesce((select jsonb_agg(${keyed('c')} || jsonb_build_object('team', ${keyed('m')}, 'archived', c.archived_at is not null) order by c.name)
        from component c join team m on m.id = c.team_id where c.product_id = p.id), '[]') as components
      from product p where ${found(filter, 'p', 'name', 'key')}`,
    page,
  )

export const listInstallations = (
  db: Database,
  filter: { readonly customerId?: string; readonly productId?: string },
  page: PageRequest,
) =>
  byName<ListedInstallation>(
    db,
    sql`select i.id, c.name || ' · ' || p.name || ' · ' || i.environment as name, ${keyed('c')} as customer, ${keyed('p')} as product,
      i.environment, case when r.id is null then null else jsonb_build_object('id', r.id, 'name', r.name) end as release, i.version
      from installation i join customer c on c.id = i.customer_id join product p on p.id = i.product_id left join release r on r.id = i.release_id
      where (${filter.customerId ?? null}::uuid is null or i.customer_id = ${filter.customerId ?? null}::uuid)
        and (${filter.productId ?? null}::uuid is null or i.product_id = ${filter.productId ?? null}::uuid)`,
    page,
  )

export interface ListedRelease extends ShownRelease {
  readonly version: number
  readonly product: KeyedName
  readonly workItems: number
  readonly doneWorkItems: number
  /** Tickets that wait for it. */
  readonly tickets: number
  readonly mirrors: readonly ShownMirror[]
}

/** Releases with the history of their estimates, the latest made first. */
export const listReleases = async (
  db: Database,
  filter: { readonly productId?: string; readonly states?: readonly ReleaseState[]; readonly id?: string },
  page: PageRequest,
): Promise<Result<Page<ListedRelease>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const conditions = [
    ...(filter.id === undefined ? [] : [sql`r.id = ${filter.id}::uuid`]),
    ...(filter.productId === undefined ? [] : [sql`r.product_id = ${filter.productId}::uuid`]),
    ...(filter.states === undefined ? [] : [sql`r.state = any(${[...filter.states]}::text[])`]),
    ...(place.value === null
      ? []
      : [sql`(r.created_at, r.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`]),
  ]
  const result = await sql<
    Omit<ListedRelease, keyof ShownRelease | 'mirrors'> & {
      readonly id: string
      readonly createdAt: Date
      readonly release: ReleaseJson
      readonly mirrors: readonly InJson<ShownMirror>[]
    }
  >`
    with page as materialized (
      select r.* from release r ${whereAll(conditions)} order by r.created_at desc, r.id desc limit ${sql.lit(limit + 1)}
    ), work as (
      select w.release_id, count(*)::int as all, (count(*) filter (where w.state = 'done'))::int as done
      from work_item w where w.release_id in (select id from page) group by w.release_id
    ), waiting as (
      select w.release_id, count(distinct e.ticket_id)::int as tickets from work_item w
        join escalation e on e.work_item_id = w.id and e.ended_at is null
      where w.release_id in (select id from page) group by w.release_id
    )
    select r.id, r.version, r.created_at as "createdAt", ${keyed('p')} as product, coalesce(work.all, 0) as "workItems",
      coalesce(work.done, 0) as "doneWorkItems", coalesce(waiting.tickets, 0) as tickets,
      ${mirrorsOf('r.id')} as mirrors, (select ${RELEASE_WITH_HISTORY} from (select r.id as release_id) w) as release
    from page r join product p on p.id = r.product_id
      left join work on work.release_id = r.id left join waiting on waiting.release_id = r.id
    order by r.created_at desc, r.id desc`.execute(db)
  const { items, next } = pageOf(result.rows, limit, (row) => ({
    at: row.createdAt.toISOString(),
    id: row.id,
  }))
  return ok({
    items: items.map(({ release, createdAt: _, mirrors, ...row }) => ({
      ...row,
      ...readRelease(release),
      mirrors: mirrors.map(readMirror),
    })),
    next,
  })
}
