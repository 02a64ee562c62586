import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { Audience } from '../../domain/audience.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Tx } from '../database.ts'
import { type HoldRow, type MirrorRow, mirrorColumns, namesOfMirror } from './mirror-list.ts'

/** What waits for a person: fields on hold, and fields both sides changed. */
export interface HeldMirror extends MirrorRow {
  readonly held_since: Date
  readonly holds: readonly (Omit<HoldRow, 'since'> & { readonly since: string })[]
}

const filters = (
  connection: string | null,
  place: { readonly at: string; readonly id: string } | null,
  sortedBy: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  sql`(${connection}::text is null or c.key = ${connection}::text) and ${
    place === null ? sql`true` : sql`${sortedBy} < (${place.at}::timestamptz, ${place.id}::uuid)`
  }`

/** Mirrors with fields on hold, each with all of them; the latest first. */
export const listHeldMirrors = async (
  tx: Tx,
  connection: string | null,
  request: PageRequest,
): Promise<Result<Page<HeldMirror>, Refusal>> => {
  const place = readPlace(request.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(request.limit)
  const result = await sql<HeldMirror>`
    select ${mirrorColumns}, h.held_since, h.holds from mirror m ${namesOfMirror}
    join (select mirror_id, max(since) as held_since,
            jsonb_agg(jsonb_build_object('field', field, 'code', code, 'reason', reason, 'next_step', next_step, 'told', told,
              'since', to_char(since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by field) as holds
          from hold group by mirror_id) h on h.mirror_id = m.id
    where ${filters(connection, place.value, sql`(date_trunc('milliseconds', h.held_since), m.id)`)}
    order by date_trunc('milliseconds', h.held_since) desc, m.id desc limit ${limit + 1}`.execute(tx)
  return ok(pageOf(result.rows, limit, (row) => ({ at: row.held_since.toISOString(), id: row.id })))
}

export interface ConflictRow extends MirrorRow {
  readonly conflict_id: string
  /** Of the comment it is about; null: it is about a field, or the comment is not there any more. */
  readonly words_for: Audience | null
  readonly field: string
  readonly base: unknown
  readonly hub: unknown
  readonly tool: unknown
  readonly opened_at: Date
  readonly settled_at: Date | null
  readonly settled_by: Actor | null
  readonly choice: string | null
  readonly overwritten: boolean
  /** Whose change here our write carried when it replaced an edit there; null: of no person the log knows. */
  readonly replaced_by: string | null
}

/**
 * The name on the last change of that field here before conflict `x` was opened. A field's pair is named
 * `ours~theirs`, and a change is logged by our name of it.
 */
const replacedBy = sql`case when x.overwritten then (
  select e.actor->>'name' from event e
  where e.record_id = m.record_id and e.kind in ('ticket.changed', 'work-item.changed') and e.at <= x.opened_at
    and e.data->'changes' ? split_part(x.field, '~', 1) order by e.seq desc limit 1) end`

/** The audience of the comment that conflict `x` is about: its words are for nobody else. */
const wordsFor = sql`case when x.field like 'comment:%' then coalesce(
  (select audience from message where id = substr(x.field, 9)::uuid), (select audience from note where id = substr(x.field, 9)::uuid)) end`

/** Which pair of fields a conflict is about, and who may read its words; `field`: staff. Null: there is no such conflict. */
export const readersOfConflict = async (
  tx: Tx,
  id: string,
): Promise<{ readonly field: string; readonly readers: Audience | 'field' | 'nobody' } | null> => {
  const found = await sql<{ field: string; words_for: Audience | null }>`
    select x.field, ${wordsFor} as words_for from conflict x where x.id = ${id}::uuid`.execute(tx)
  const row = found.rows[0]
  if (row === undefined) return null
  const readers = row.field.startsWith('comment:') ? (row.words_for ?? 'nobody') : 'field'
  return { field: row.field, readers }
}

/** Conflicts, open ones or all, the latest first. */
export const listConflicts = async (
  tx: Tx,
  filter: {
    readonly connection: string | null
    readonly state: 'open' | 'all'
    readonly overwritten: boolean | null
    readonly field: string | null
  },
  request: PageRequest,
): Promise<Result<Page<ConflictRow>, Refusal>> => {
  const place = readPlace(request.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(request.limit)
  const result = await sql<ConflictRow>`
    select ${mirrorColumns}, x.id as conflict_id, x.field, x.base, x.hub, x.tool, x.opened_at, x.settled_at,
      x.settled_by, x.choice, x.overwritten, ${replacedBy} as replaced_by, ${wordsFor} as words_for
    from conflict x join mirror m on m.id = x.mirror_id ${namesOfMirror}
    where (${filter.state} = 'all' or x.settled_at is null)
      and (${filter.overwritten}::boolean is null or x.overwritten = ${filter.overwritten}::boolean)
      and (${filter.field}::text is null or x.field = ${filter.field}::text)
      and ${filters(filter.connection, place.value, sql`(date_trunc('milliseconds', x.opened_at), x.id)`)}
    order by date_trunc('milliseconds', x.opened_at) desc, x.id desc limit ${limit + 1}`.execute(tx)
  return ok(pageOf(result.rows, limit, (row) => ({ at: row.opened_at.toISOString(), id: row.conflict_id })))
}
