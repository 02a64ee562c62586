import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { NoteKind, NoteState } from '../../domain/release-note.ts'
import type { WorkItemKind, WorkItemState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { isOf, isOneOf, whereAll } from './conditions.ts'
import type { KeyedName, Named } from './shown-parts.ts'
import { contentsOf } from './trace.ts'

/** A work item as a note names it. */
export interface NotedWork {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly kind: WorkItemKind
  readonly state: WorkItemState
}

export interface ListedNote {
  readonly id: string
  readonly release: Named
  readonly kind: NoteKind
  readonly state: NoteState
  readonly title: string
  readonly body: string
  readonly say: string | null
  readonly workaround: string | null
  readonly component: KeyedName | null
  readonly workItem: NotedWork | null
  readonly writtenBy: Actor
  readonly approvedBy: Actor | null
  readonly approvedAt: Date | null
  readonly removedAt: Date | null
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface NoteFilter {
  readonly id?: string
  readonly releaseId?: string
  readonly kinds?: readonly NoteKind[]
  readonly states?: readonly NoteState[]
}

const WORK = sql`case when w.id is null then null else
  jsonb_build_object('id', w.id, 'key', w.key, 'title', w.title, 'kind', w.kind, 'state', w.state) end`
const COMPONENT = sql`case when c.id is null then null else jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name) end`

/** Notes in the order in which they were written; those that were removed only by their id. */
export const listReleaseNotes = async (
  db: Database,
  filter: NoteFilter,
  page: PageRequest,
): Promise<Result<Page<ListedNote>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const { id, releaseId, kinds, states } = filter
  const conditions = [
    id === undefined ? sql`n.removed_at is null` : isOf(sql`n.id`, id),
    ...(releaseId === undefined ? [] : [isOf(sql`n.release_id`, releaseId)]),
    ...(kinds === undefined ? [] : [isOneOf(sql`n.kind`, kinds)]),
    ...(states === undefined ? [] : [isOneOf(sql`n.state`, states)]),
    ...(place.value === null
      ? []
      : [sql`(n.created_at, n.id) > (${place.value.at}::timestamptz, ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<ListedNote>`
    select n.id, n.kind, n.state, n.title, n.body, n.say, n.workaround, n.version, n.written_by as "writtenBy",
      n.approved_by as "approvedBy", n.approved_at as "approvedAt", n.removed_at as "removedAt",
      n.created_at as "createdAt", n.updated_at as "updatedAt",
      jsonb_build_object('id', r.id, 'name', r.name) as release, ${COMPONENT} as component, ${WORK} as "workItem"
    from release_note n join release r on r.id = n.release_id left join component c on c.id = n.component_id
      left join work_item w on w.id = n.work_item_id
    ${whereAll(conditions)} order by n.created_at, n.id limit ${sql.lit(limit + 1)}`.execute(db)
  return ok(pageOf(rows, limit, (row) => ({ at: row.createdAt.toISOString(), id: row.id })))
}

export interface UnnotedWork extends NotedWork {
  readonly behaviourNote: string | null
  readonly workaround: string | null
  readonly componentId: string | null
  /** It was taken back in the release, or is open and was found in it. */
  readonly isBroken: boolean
}

/**
 * Defects and features of a release that have no note in it, and never had one: those that it brings or is planned to
 * bring, those that it takes back, and open defects that were found in it.
 */
export const unnotedIn = (releaseId: string) => sql`
  select w.id, w.key, w.number, w.title, w.kind, w.state, w.behaviour_note, w.workaround, w.component_id, o."isBroken"
  from (
    select id, bool_or(how = 'leaves') or not bool_or(how = 'enters') as "isBroken" from (
      select x.work_item_id as id, x.change as how from (${contentsOf(releaseId)}) x
        where x.work_item_id is not null and x.change in ('enters', 'leaves')
      union all select w.id, 'enters' from work_item w where w.release_id = ${releaseId}::uuid
      union all select w.id, 'open' from release r join work_item w on w.product_id = r.product_id
        and w.release_version = r.name and w.kind = 'defect' and w.state <> 'done' where r.id = ${releaseId}::uuid
    ) found group by id
  ) o join work_item w on w.id = o.id
  where w.kind in ('defect', 'feature') and w.state not in ('declined', 'duplicate')
    and not exists (select from release_note n where n.work_item_id = w.id and n.release_id = ${releaseId}::uuid)`

/** The oldest first. */
export const listUnnoted = async (
  db: Database,
  filter: { readonly releaseId: string; readonly ids?: readonly string[] },
  page: PageRequest,
): Promise<Result<Page<UnnotedWork>, Refusal>> => {
  const place = readPlace(page.after, 'number')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const { releaseId, ids } = filter
  const { rows } = await sql<UnnotedWork & { readonly number: number }>`
    select u.id, u.key, u.number, u.title, u.kind, u.state, u.behaviour_note as "behaviourNote", u.workaround,
      u.component_id as "componentId", u."isBroken"
    from (${unnotedIn(releaseId)}) u
    where (${place.value?.at ?? null}::int is null or u.number > ${place.value?.at ?? null}::int)
      ${ids === undefined ? sql`` : sql`and u.id = any(${[...ids]}::uuid[])`}
    order by u.number limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: String(row.number), id: row.id }))
  return ok({ ...found, items: found.items.map(({ number: _, ...row }) => row) })
}
