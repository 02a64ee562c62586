import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { StaffParty } from '../../domain/audience.ts'
import { toPlainText } from '../../sync/rich-text/plain.ts'
import type { RichText } from '../../sync/rich-text/tree.ts'
import { noteAudiencesOf } from '../comments.ts'
import type { Database } from '../database.ts'

/** Somebody called for one, and one has not looked yet. */
export interface ListedMention {
  readonly id: string
  readonly record: { readonly kind: 'ticket' | 'work item'; readonly key: string; readonly title: string }
  readonly by: Actor
  readonly text: string
  readonly at: Date
}

const MOST = 100
const EXCERPT = 240

/** The latest first. Words that were taken back, or that one may no longer read, call nobody. */
export const listMentions = async (
  db: Database,
  personId: string,
  party: StaffParty,
): Promise<readonly ListedMention[]> => {
  const audiences = noteAudiencesOf(party)
  if (audiences.length === 0) return []
  const found = await sql<Omit<ListedMention, 'text'> & { readonly body: RichText }>`
    select m.id, m.by, m.at, n.body,
      jsonb_build_object('kind', m.record_kind, 'key', coalesce(t.key, w.key), 'title', coalesce(t.title, w.title)) as record
    from mention m
      join (
        select id, body, deleted_at, audience from note union all select id, body, deleted_at, audience from message
      ) n on n.id = m.comment_id and n.deleted_at is null and n.audience = any(${['everyone', ...audiences]}::text[])
      left join ticket t on m.record_kind = 'ticket' and t.id = m.record_id
      left join work_item w on m.record_kind = 'work item' and w.id = m.record_id
    where m.person_id = ${personId}::uuid and m.seen_at is null
    order by m.at desc limit ${MOST}`.execute(db)
  return found.rows.map(({ body, ...mention }) => ({
    ...mention,
    text: toPlainText(body).replace(/\s+/g, ' ').slice(0, EXCERPT),
  }))
}
