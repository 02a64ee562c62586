import { type Selectable, sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import type { RichText } from '../../sync/rich-text/tree.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { PortalAuthor, PortalTables, PortalTx } from './portal-database.ts'

/** A file as it is shown; where its bytes lie is asked for when they are wanted. */
export type PortalFile = Pick<
  Selectable<PortalTables['portal_file']>,
  'id' | 'name' | 'media_type' | 'size' | 'state'
>

/** What was said, sent along or came to pass around one request, for everyone to read. */
export type PortalEntry =
  | {
      readonly type: 'comment'
      readonly id: string
      readonly at: Date
      readonly author: PortalAuthor
      readonly body: RichText
      readonly editedAt: Date | null
      readonly files: readonly PortalFile[]
    }
  | {
      readonly type: 'attachment'
      readonly id: string
      readonly at: Date
      readonly author: PortalAuthor
      readonly files: readonly PortalFile[]
    }
  | { readonly type: 'event'; readonly id: string; readonly at: Date; readonly kind: string }

interface Row {
  readonly type: PortalEntry['type']
  readonly id: string
  readonly at: Date
  readonly author: PortalAuthor | null
  readonly body: RichText | null
  readonly edited_at: Date | null
  readonly kind: string | null
  readonly files: readonly PortalFile[] | null
}

const FILE = sql`jsonb_build_object('id', f.id, 'name', f.name, 'media_type', f.media_type, 'size', f.size, 'state', f.state)`

/** The latest first. */
export const conversation = async (
  tx: PortalTx,
  requestId: string,
  page: PageRequest,
): Promise<Result<Page<PortalEntry>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const before =
    place.value === null
      ? sql``
      : sql`where (x.at, x.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`
  const { rows } = await sql<Row>`
    select x.*, case x.type
      when 'comment' then (select jsonb_agg(${FILE} order by f.at, f.id) from portal_file f
        where f.request_id = ${requestId}::uuid and f.comment_id = x.id)
      when 'attachment' then (select jsonb_agg(${FILE}) from portal_file f where f.request_id = ${requestId}::uuid and f.id = x.id)
      end as files
    from (
      select 'comment' as type, id, date_trunc('milliseconds', at) as at, author, body, edited_at, null::text as kind
      from portal_message where request_id = ${requestId}::uuid
      union all
      select 'attachment', id, date_trunc('milliseconds', at), author, null, null, null
      from portal_file where request_id = ${requestId}::uuid and comment_id is null
      union all
      select 'event', id, date_trunc('milliseconds', at), null, null, null, kind
      from portal_happening where request_id = ${requestId}::uuid
    ) x ${before}
    order by x.at desc, x.id desc limit ${limit + 1}`.execute(tx)
  const { items, next } = pageOf(rows, limit, (row) => ({ at: row.at.toISOString(), id: row.id }))
  return ok({ items: items.flatMap(entryOf), next })
}

const entryOf = ({ type, id, at, author, body, edited_at, kind, files }: Row): readonly PortalEntry[] => {
  if (type === 'event') return kind === null ? [] : [{ type, id, at, kind }]
  if (author === null) return []
  if (type === 'attachment') return [{ type, id, at, author, files: files ?? [] }]
  return body === null ? [] : [{ type, id, at, author, body, editedAt: edited_at, files: files ?? [] }]
}

/** A file by id, with where its bytes lie; null when it is not within reach or not for everyone. */
export const findPortalFile = async (
  tx: PortalTx,
  id: string,
): Promise<Pick<Selectable<PortalTables['portal_file']>, 'name' | 'state' | 'sha256'> | null> =>
  (await tx
    .selectFrom('portal_file')
    .select(['name', 'state', 'sha256'])
    .where('id', '=', id)
    .limit(1)
    .executeTakeFirst()) ?? null
