import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'

export interface HistoryEntry {
  readonly id: string
  readonly at: Date
  readonly kind: string
  readonly actor: Actor
  readonly data: Readonly<Record<string, unknown>>
}

/** What happened to one record, the latest first. */
export const recordHistory = async (
  db: Database,
  record: { readonly kind: string; readonly id: string },
  page: PageRequest,
): Promise<Result<Page<HistoryEntry>, Refusal>> => {
  const place = readPlace(page.after, 'number')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const after = place.value === null ? sql`` : sql`and e.seq < ${place.value.at}::bigint`
  const { rows } = await sql<HistoryEntry & { readonly seq: string }>`
    select e.seq::text as seq, e.id, e.at, e.kind, e.actor, e.data from event e
    where e.record_id = ${record.id}::uuid and e.record_kind = ${record.kind} ${after}
    order by e.seq desc limit ${sql.lit(limit + 1)}`.execute(db)
  const { items, next } = pageOf(rows, limit, ({ seq, id }) => ({ at: seq, id }))
  return ok({ items: items.map(({ seq: _, ...entry }) => entry), next })
}
