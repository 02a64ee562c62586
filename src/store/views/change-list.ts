import { type RawBuilder, sql } from 'kysely'
import type { ChangeRules } from '../../domain/change-rules.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { ChangeKind, ChangeOutcome, ChangeState, RiskLevel } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { holdsKey } from '../change-rules.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database, Tx } from '../database.ts'
import { isOf, isOneOf, whereAll } from './conditions.ts'
import type { KeyedName, Named } from './shown-parts.ts'

export interface ListedChange {
  readonly id: string
  readonly key: string
  readonly kind: ChangeKind
  readonly state: ChangeState
  readonly outcome: ChangeOutcome | null
  readonly title: string
  readonly product: KeyedName
  readonly environments: readonly KeyedName[]
  readonly release: Named | null
  readonly owner: Named | null
  readonly from: Date | null
  readonly to: Date | null
  /** Null: it was not assessed yet. */
  readonly level: RiskLevel | null
  /** Keys that are asked for and not given. */
  readonly keysWaiting: number
  readonly retroDueAt: Date | null
  readonly retroDoneAt: Date | null
  readonly reviewDueAt: Date | null
  /** Keys or the review of it are owed, and the time for it is over. */
  readonly isLate: boolean
  readonly version: number
  readonly updatedAt: Date
}

export interface ChangeFilter {
  readonly states?: readonly ChangeState[]
  readonly kind?: ChangeKind
  readonly productId?: string
  readonly environmentId?: string
  readonly releaseId?: string
  /** Brings or displaces it. */
  readonly workItemId?: string
  readonly ownerId?: string
  /** Waits for a key that this person may give. */
  readonly waitsFor?: { readonly personId: string; readonly rules: ChangeRules }
  readonly isLate?: boolean
  readonly text?: string
}

type Part = RawBuilder<unknown>

/** The name of a key, of an element of `asked`. */
export const keyName = (asked: Part): Part =>
  sql`((${asked}->>'what') || coalesce(':' || (${asked}->>'id'), ''))`

export const isLateAt = (now: Date): Part => sql`(
  (c.retro_due_at < ${now}::timestamptz and c.retro_done_at is null)
  or (c.review_due_at < ${now}::timestamptz and c.ended_at is null))`

const TAKES_KEYS = sql`(c.state = 'authorising' or (c.kind = 'emergency' and c.state in ('implementing', 'reviewing')))`

const KEYS_WAITING = sql`case when ${TAKES_KEYS} then (select count(*)::int from jsonb_array_elements(c.asked) a
  where not exists (select from change_key k where k.change_id = c.id and k.scope = c.scope and k.name = ${keyName(sql`a`)})) else 0 end`

const waitsFor = (personId: string, rules: ChangeRules): Part => sql`(${TAKES_KEYS}
  and c.owner_id is distinct from ${personId}::uuid and c.created_by->>'id' <> ${personId}
  and c.begun_by->>'id' is distinct from ${personId}
  and exists (select from person p cross join jsonb_array_elements(c.asked) a where p.id = ${personId}::uuid
    and ${holdsKey(sql`a`, sql`c.product_id`, rules)}
    and not exists (select from change_key k where k.change_id = c.id and k.scope = c.scope
      and (k.name = ${keyName(sql`a`)} or (k.person_id = p.id and k.name <> 'freeze exception')))))`

export const LISTED_CHANGE = (
  now: Date,
): Part => sql`c.id, c.key, c.kind, c.state, c.outcome, c.title, c.starts_at as "from",
  c.ends_at as "to", c.risk->>'level' as level, ${KEYS_WAITING} as "keysWaiting", c.retro_due_at as "retroDueAt",
  c.retro_done_at as "retroDoneAt", c.review_due_at as "reviewDueAt", ${isLateAt(now)} is true as "isLate", c.version,
  c.updated_at as "updatedAt", jsonb_build_object('id', pr.id, 'key', pr.key, 'name', pr.name) as product,
  coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'key', e.key, 'name', e.name) order by e.name, e.id)
    from change_environment x join environment e on e.id = x.environment_id where x.change_id = c.id), '[]') as environments,
  case when r.id is null then null else jsonb_build_object('id', r.id, 'name', r.name) end as release,
  case when o.id is null then null else jsonb_build_object('id', o.id, 'name', o.name) end as owner`

export const CHANGE_JOINS = sql`change c join product pr on pr.id = c.product_id
  left join release r on r.id = c.release_id left join person o on o.id = c.owner_id`

const inText = (text: string): Part =>
  sql`(c.title ilike ${`%${text.replace(/[\\%_]/g, '\\$&')}%`} or c.key = ${text.toUpperCase()})`

/** Changes, the latest first. */
export const listChanges = async (
  db: Database | Tx,
  filter: ChangeFilter,
  now: Date,
  page: PageRequest,
): Promise<Result<Page<ListedChange>, Refusal>> => {
  const place = readPlace(page.after, 'number')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const { states, kind, productId, environmentId, releaseId, workItemId, ownerId } = filter
  const text = filter.text?.trim() ?? ''
  const conditions = [
    ...(states === undefined ? [] : [isOneOf(sql`c.state`, states)]),
    ...(kind === undefined ? [] : [isOneOf(sql`c.kind`, [kind])]),
    ...(productId === undefined ? [] : [isOf(sql`c.product_id`, productId)]),
    ...(releaseId === undefined ? [] : [isOf(sql`c.release_id`, releaseId)]),
    ...(ownerId === undefined ? [] : [isOf(sql`c.owner_id`, ownerId)]),
    ...(environmentId === undefined ? [] : [isIn('change_environment', 'environment_id', environmentId)]),
    ...(workItemId === undefined ? [] : [isIn('change_work_item', 'work_item_id', workItemId)]),
    ...(filter.waitsFor === undefined ? [] : [waitsFor(filter.waitsFor.personId, filter.waitsFor.rules)]),
    ...(filter.isLate === true ? [isLateAt(now)] : []),
    ...(text === '' ? [] : [inText(text)]),
    ...(place.value === null ? [] : [sql`c.number < ${Number(place.value.at)}`]),
  ]
  const { rows } = await sql<ListedChange & { readonly number: number }>`
    select c.number, ${LISTED_CHANGE(now)} from ${CHANGE_JOINS} ${whereAll(conditions)}
    order by c.number desc limit ${sql.lit(limit + 1)}`.execute(db)
  const { items, next } = pageOf(rows, limit, ({ number, id }) => ({ at: String(number), id }))
  return ok({ items: items.map(({ number: _, ...row }) => row), next })
}

const isIn = (table: string, column: string, id: string): Part =>
  sql`exists (select from ${sql.table(table)} x where x.change_id = c.id and ${isOf(sql`x.${sql.ref(column)}`, id)})`
