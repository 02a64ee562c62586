import { sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { Tx } from './database.ts'

export interface NewMention {
  readonly id: string
  readonly personId: string
  readonly commentId: string
  readonly record: { readonly kind: 'ticket' | 'work item'; readonly id: string }
  readonly by: Actor
  readonly at: Date
}

export const insertMentions = async (tx: Tx, mentions: readonly NewMention[]): Promise<void> => {
  if (mentions.length === 0) return
  await tx
    .insertInto('mention')
    .values(
      mentions.map(({ personId, commentId, record, by, ...mention }) => ({
        ...mention,
        person_id: personId,
        comment_id: commentId,
        record_kind: record.kind,
        record_id: record.id,
        by: JSON.stringify(by),
      })),
    )
    .execute()
}

/** Somebody's own mentions are seen: one, or all on a record. Returns whether there was one. */
export const seeMentions = async (
  tx: Tx,
  personId: string,
  of: { readonly id: string } | { readonly recordId: string },
  now: Date,
): Promise<boolean> => {
  const which = 'id' in of ? sql`id = ${of.id}::uuid` : sql`record_id = ${of.recordId}::uuid`
  const seen = await sql`
    update mention set seen_at = ${now}::timestamptz where person_id = ${personId}::uuid and seen_at is null and ${which}`.execute(
    tx,
  )
  return (seen.numAffectedRows ?? 0n) > 0n
}

/** Colleagues by id, as far as they are there and not archived. */
export const findColleagues = async (tx: Tx, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : tx
        .selectFrom('person')
        .select(['id', 'name', 'roles'])
        .where('id', 'in', ids)
        .where('archived_at', 'is', null)
        .execute()
