import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { Plans } from '../../domain/change.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, whereAll } from './conditions.ts'
import type { KeyedName, Named } from './shown-parts.ts'

export interface ListedModel {
  readonly id: string
  readonly name: string
  /** Null: of every product. */
  readonly product: KeyedName | null
  readonly plans: Plans
  readonly approvedBy: Named | null
  readonly approvedAt: Date | null
  readonly createdBy: Actor
  /** Changes that were made from it. */
  readonly changes: number
  readonly archivedAt: Date | null
  readonly version: number
}

/** Models of standard changes, by name. */
export const listModels = async (
  db: Database,
  filter: { readonly id?: string; readonly archived?: boolean },
  page: PageRequest,
): Promise<Result<Page<ListedModel>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const archived = filter.archived === true ? sql`m.archived_at is not null` : sql`m.archived_at is null`
  const conditions = [
    filter.id === undefined ? archived : isOf(sql`m.id`, filter.id),
    ...(place.value === null
      ? []
      : [sql`(lower(m.name) collate "C", m.id) > (${place.value.at} collate "C", ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<ListedModel & { readonly sorted: string }>`
    select m.id, m.name, lower(m.name) as sorted, m.created_by as "createdBy", m.approved_at as "approvedAt",
      m.archived_at as "archivedAt", m.version,
      case when p.id is null then null else jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) end as product,
      case when a.id is null then null else jsonb_build_object('id', a.id, 'name', a.name) end as "approvedBy",
      jsonb_build_object('implement', m.plan_implement, 'test', m.plan_test, 'backOut', m.plan_back_out) as plans,
      (select count(*)::int from change c where c.model_id = m.id) as changes
    from change_model m left join product p on p.id = m.product_id left join person a on a.id = m.approved_by
    ${whereAll(conditions)} order by lower(m.name) collate "C", m.id limit ${sql.lit(limit + 1)}`.execute(db)
  const { items, next } = pageOf(rows, limit, ({ sorted, id }) => ({ at: sorted, id }))
  return ok({ items: items.map(({ sorted: _, ...row }) => row), next })
}
