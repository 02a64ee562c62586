import { sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import type { ReleaseState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, whereAll } from './conditions.ts'
import type { KeyedName, Named } from './shown-parts.ts'
import { contains } from './ticket-list.ts'

/** Who has an environment, and until when. */
export interface HeldTime {
  readonly id: string
  readonly person: Named
  readonly purpose: string
  readonly from: Date
  readonly to: Date
  readonly isShareable: boolean
}

export interface ListedEnvironment extends KeyedName {
  readonly product: KeyedName
  readonly purpose: string
  readonly isShareable: boolean
  readonly release: (Named & { readonly state: ReleaseState }) | null
  readonly deployedAt: Date | null
  /** At this moment; several where it is shared. */
  readonly held: readonly HeldTime[]
  /** The next booking to begin. */
  readonly next: HeldTime | null
  readonly version: number
  readonly archivedAt: Date | null
}

export interface EnvironmentFilter {
  /** Id or key: this one alone, archived or not. */
  readonly id?: string
  readonly productId?: string
  readonly text?: string
  readonly archived?: boolean
}

type InJson = Omit<HeldTime, 'from' | 'to'> & { readonly from: string; readonly to: string }
const read = (time: InJson): HeldTime => ({ ...time, from: new Date(time.from), to: new Date(time.to) })

const HELD = sql`jsonb_build_object('id', b.id, 'person', jsonb_build_object('id', h.id, 'name', h.name), 'purpose', b.purpose,
  'from', b.starts_at, 'to', b.ends_at, 'isShareable', b.is_shareable and e.is_shareable)`
const OF_IT = sql`booking b join person h on h.id = b.person_id where b.environment_id = e.id and b.ended_at is null`

/** Environments by name, with who has each of them at this moment. */
export const listEnvironments = async (
  db: Database,
  filter: EnvironmentFilter,
  now: Date,
  page: PageRequest,
): Promise<Result<Page<ListedEnvironment>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const text = filter.text?.trim() ?? ''
  const archived = filter.archived === true ? sql`e.archived_at is not null` : sql`e.archived_at is null`
  const conditions = [
    filter.id === undefined ? archived : isOf(sql`e.id`, filter.id),
    ...(filter.productId === undefined ? [] : [isOf(sql`e.product_id`, filter.productId)]),
    ...(text === '' ? [] : [sql`(e.name ilike ${contains(text)} or e.key ilike ${contains(text)})`]),
    ...(place.value === null
      ? []
      : [sql`(lower(e.name) collate "C", e.id) > (${place.value.at} collate "C", ${place.value.id}::uuid)`]),
  ]
  const result = await sql<
    Omit<ListedEnvironment, 'held' | 'next'> & {
      readonly sorted: string
      readonly held: readonly InJson[]
      readonly next: InJson | null
    }
  >`
    select e.id, e.key, e.name, e.purpose, e.is_shareable as "isShareable", e.deployed_at as "deployedAt", e.version,
      e.archived_at as "archivedAt", lower(e.name) as sorted,
      jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product,
      case when r.id is null then null else jsonb_build_object('id', r.id, 'name', r.name, 'state', r.state) end as release,
      coalesce((select jsonb_agg(${HELD} order by b.starts_at, b.id) from ${OF_IT}
        and b.starts_at <= ${now}::timestamptz and b.ends_at > ${now}::timestamptz), '[]') as held,
      (select ${HELD} from ${OF_IT} and b.starts_at > ${now}::timestamptz and b.ends_at > ${now}::timestamptz
        order by b.starts_at, b.id limit 1) as next
    from environment e join product p on p.id = e.product_id left join release r on r.id = e.release_id
    ${whereAll(conditions)} order by lower(e.name) collate "C", e.id limit ${sql.lit(limit + 1)}`.execute(db)
  const { items, next } = pageOf(result.rows, limit, ({ sorted, id }) => ({ at: sorted, id }))
  return ok({
    items: items.map(({ sorted: _, held, next: after, ...row }) => ({
      ...row,
      held: held.map(read),
      next: after === null ? null : read(after),
    })),
    next,
  })
}
