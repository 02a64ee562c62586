import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { Audience, StaffParty } from '../../domain/audience.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../lib/result.ts'
import type { RichText } from '../../sync/rich-text/tree.ts'
import { noteAudiencesOf } from '../comments.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { TIES } from './shared-columns.ts'

/** What was said and what happened around one record, as one party may read it. */
export type TimelineEntry =
  | {
      readonly type: 'comment'
      readonly id: string
      readonly at: Date
      readonly author: Actor
      /** Where it was written: a work item's words show on its tickets, a ticket's words for engineering on its work item. */
      readonly on: { readonly kind: 'ticket' | 'work item'; readonly id: string; readonly key: string }
      readonly audience: Audience
      readonly body: RichText
      readonly editedAt: Date | null
      readonly version: number
      readonly attachments: readonly ShownAttachment[]
    }
  | {
      readonly type: 'attachment'
      readonly id: string
      readonly at: Date
      readonly author: Actor
      readonly attachment: ShownAttachment
    }
  | {
      readonly type: 'event'
      readonly id: string
      readonly at: Date
      readonly actor: Actor
      readonly kind: string
      readonly data: Readonly<Record<string, unknown>>
    }

export interface ShownAttachment {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly size: number | null
  readonly state: 'pending' | 'stored' | 'refused'
  readonly reason: string | null
  readonly audience: Audience
}

interface Row {
  readonly type: TimelineEntry['type']
  readonly id: string
  readonly at: Date
  readonly author: Actor
  readonly on: { readonly kind: 'ticket' | 'work item'; readonly id: string; readonly key: string } | null
  readonly audience: Audience | null
  readonly body: RichText | null
  readonly edited_at: string | null
  readonly version: number | null
  readonly kind: string | null
  readonly data: Readonly<Record<string, unknown>> | null
  readonly files: readonly ShownAttachment[] | null
}

/**
 * The latest first, a page at a time. A ticket shows its own words and those of the work item that answers it; a work
 * item shows its own words and what its tickets' owners wrote for engineering. One ticket's words never show on
 * another.
 */
export const timeline = async (
  db: Database,
  record: { readonly kind: 'ticket' | 'work item'; readonly id: string },
  party: StaffParty,
  page: PageRequest,
): Promise<Result<Page<TimelineEntry>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const audiences = noteAudiencesOf(party)
  const before =
    place.value === null
      ? sql``
      : sql`where (x.at, x.id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`
  const parts = [messages(), notes(audiences), looseFiles(audiences), events]
  const result = await sql<Row>`
    with home as (${homes(record)})
    select x.*, case when x.type = 'comment' then (${filesOf(audiences)}) end as files
    from (${sql.join(parts, sql` union all `)}) x ${before}
    order by x.at desc, x.id desc limit ${limit + 1}`.execute(db)
  const { items, next } = pageOf(result.rows, limit, (row) => ({ at: row.at.toISOString(), id: row.id }))
  return ok({ items: items.flatMap(entryOf), next })
}

/**
 * Whose words show here. `own`: all the party may see; else only what was written for the other side too. The bond
 * that counts is the live one or the last; what was handed back or withdrawn shows nothing any more.
 */
const homes = ({ kind, id }: { readonly kind: 'ticket' | 'work item'; readonly id: string }) =>
  kind === 'ticket'
    ? sql`
      select t.id, 'ticket' as kind, t.key, true as own, e.id as escalation from ticket t left join escalation e on e.ticket_id = t.id
        where t.id = ${id}::uuid
      union all
      select w.id, 'work item', w.key, true, null from work_item w join lateral (
        select e.* from escalation e where e.ticket_id = ${id}::uuid order by (e.ended_at is null) desc, e.created_at desc, e.id desc limit 1
      ) e on e.work_item_id = w.id where ${TIES}`
    : sql`
      select w.id, 'work item' as kind, w.key, true as own, e.id as escalation from work_item w left join escalation e on e.work_item_id = w.id
        where w.id = ${id}::uuid
      union all
      select t.id, 'ticket', t.key, false, null from ticket t join escalation e on e.ticket_id = t.id
        where e.work_item_id = ${id}::uuid and e.ended_at is null`

/** Each place once: a record with several bonds is still one place. */
const PLACES = sql`(select distinct id, kind, key, own from home) h`

const messages = () => sql`
  select 'comment' as type, m.id, m.at, m.author, jsonb_build_object('kind', h.kind, 'id', h.id, 'key', h.key) as on, m.audience, m.body,
    m.edited_at::text, m.version, null::text as kind, null::jsonb as data
  from message m join ${PLACES} on m.record_id = h.id where h.own and m.deleted_at is null`

const notes = (audiences: readonly Audience[]) => sql`
  select 'comment', n.id, n.at, n.author, jsonb_build_object('kind', h.kind, 'id', h.id, 'key', h.key), n.audience, n.body,
    n.edited_at::text, n.version, null, null
  from note n join ${PLACES} on n.record_id = h.id
  where n.deleted_at is null and n.audience = any(${[...audiences]}::text[]) and (h.own or n.audience in ('staff', 'engineering'))`

/** Files without a comment. */
const looseFiles = (audiences: readonly Audience[]) => sql`
  select 'attachment', a.id, a.at, a.author, null, a.audience, null, null, a.version, null,
    jsonb_build_object('id', a.id, 'name', a.name, 'mediaType', a.media_type, 'size', a.size, 'state', a.state, 'reason', a.reason, 'audience', a.audience)
  from attachment a join ${PLACES} on a.record_id = h.id
  where h.own and a.comment_id is null and a.state <> 'deleted' and a.audience = any(${['everyone', ...audiences]}::text[])`

const filesOf = (audiences: readonly Audience[]) => sql`
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'mediaType', a.media_type, 'size', a.size,
    'state', a.state, 'reason', a.reason, 'audience', a.audience) order by a.at, a.id), '[]')
  from attachment a where a.comment_id = x.id and a.state <> 'deleted' and a.audience = any(${['everyone', ...audiences]}::text[])`

/** Words and files show themselves; only what became of them is told. */
const events = sql`
  select 'event', v.id, v.at, v.actor, null, null, null, null, null, v.kind, v.data
  from event v where v.record_id in (select id from home where own union select escalation from home where escalation is not null)
    and v.kind not in ('comment.added', 'comment.edited', 'attachment.added', 'attachment.stored')`

const entryOf = (row: Row): readonly TimelineEntry[] => {
  const { id, at } = row
  if (row.type === 'comment' && row.body !== null && row.on !== null && row.audience !== null) {
    return [
      {
        type: 'comment',
        id,
        at,
        author: row.author,
        on: row.on,
        audience: row.audience,
        body: row.body,
        editedAt: row.edited_at === null ? null : new Date(row.edited_at),
        version: row.version ?? 1,
        attachments: row.files ?? [],
      },
    ]
  }
  if (row.type === 'attachment' && row.data !== null) {
    // made by looseFiles in exactly this shape
    return [
      { type: 'attachment', id, at, author: row.author, attachment: row.data as unknown as ShownAttachment },
    ]
  }
  if (row.type === 'event' && row.kind !== null) {
    return [{ type: 'event', id, at, actor: row.author, kind: row.kind, data: row.data ?? {} }]
  }
  return []
}
