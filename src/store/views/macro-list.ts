import { sql } from 'kysely'
import type { Audience } from '../../domain/audience.ts'
import type { MacroActions } from '../../domain/macro.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import type { KeyedName } from './shown-parts.ts'
import { contains } from './ticket-list.ts'

export interface ListedMacro {
  readonly id: string
  readonly name: string
  readonly team: KeyedName | null
  readonly audience: Audience
  readonly text: string
  readonly actions: MacroActions
  /** The name of whom it gives the ticket to; null: nobody, or whoever applies it. */
  readonly assignee: string | null
  readonly version: number
  readonly updatedAt: Date
  readonly archivedAt: Date | null
}

export interface MacroFilter {
  readonly text?: string
  readonly archived?: boolean
  /** Only what this person is offered: macros for all and those of their teams. */
  readonly forPerson?: string
}

/** Macros by name. */
export const listMacros = async (
  db: Database,
  filter: MacroFilter,
  page: PageRequest,
): Promise<Result<Page<ListedMacro>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const text = filter.text?.trim() ?? ''
  const conditions = [
    filter.archived === true ? sql`m.archived_at is not null` : sql`m.archived_at is null`,
    ...(text === '' ? [] : [sql`m.name ilike ${contains(text)}`]),
    ...(filter.forPerson === undefined
      ? []
      : [
          sql`(m.team_id is null or m.team_id in (select team_id from team_member where person_id = ${filter.forPerson}::uuid))`,
        ]),
    ...(place.value === null
      ? []
      : [sql`(lower(m.name) collate "C", m.id) > (${place.value.at} collate "C", ${place.value.id}::uuid)`]),
  ]
  const result = await sql<ListedMacro & { readonly sorted: string }>`
    select m.id, m.name, m.audience, m.text, m.actions, m.version, m.updated_at as "updatedAt", m.archived_at as "archivedAt",
      lower(m.name) as sorted, p.name as assignee,
      case when t.id is null then null else jsonb_build_object('id', t.id, 'key', t.key, 'name', t.name) end as team
    from macro m left join team t on t.id = m.team_id
      left join person p on p.id::text = m.actions->>'assign'
    where ${sql.join(conditions, sql` and `)}
    order by lower(m.name) collate "C", m.id limit ${limit + 1}`.execute(db)
  const { items, next } = pageOf(result.rows, limit, ({ sorted, id }) => ({ at: sorted, id }))
  return ok({ items: items.map(({ sorted: _, ...macro }) => macro), next })
}
