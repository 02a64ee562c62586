import { type Selectable, sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import { type Audience, audiencesOf, type StaffParty } from '../domain/audience.ts'
import type { RichText } from '../sync/rich-text/index.ts'
import type { Tx } from './database.ts'
import type { CommentColumns, NoteTable } from './tables.ts'

/** One comment, from whichever table. Public words are in `message`, internal ones in `note`. */
export type Comment = Selectable<CommentColumns<Audience>>

export interface CommentParent {
  readonly kind: 'ticket' | 'work item'
  readonly id: string
}

export interface NewComment {
  readonly id: string
  readonly record: CommentParent
  readonly author: Actor
  readonly body: RichText
  readonly audience: Audience
  readonly sourceConnection: string | null
  /** The author's time. */
  readonly at: Date
}

/** Writes a comment into the table its audience belongs to. */
export const insertComment = async (tx: Tx, comment: NewComment): Promise<void> => {
  const row = {
    id: comment.id,
    record_kind: comment.record.kind,
    record_id: comment.record.id,
    author: JSON.stringify(comment.author),
    body: JSON.stringify(comment.body),
    source_connection: comment.sourceConnection,
    at: comment.at,
  }
  if (comment.audience === 'everyone') {
    await tx
      .insertInto('message')
      .values({ ...row, audience: comment.audience })
      .execute()
  } else {
    await tx
      .insertInto('note')
      .values({ ...row, audience: comment.audience })
      .execute()
  }
}

/** A comment by id, held until the transaction ends; deleted ones too. */
export const lockComment = async (tx: Tx, id: string): Promise<Comment | null> =>
  (await tx.selectFrom('message').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ??
  (await tx.selectFrom('note').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ??
  null

const tableOf = (audience: Audience): 'message' | 'note' => (audience === 'everyone' ? 'message' : 'note')

export const editComment = async (tx: Tx, comment: Comment, body: RichText, now: Date): Promise<void> => {
  await sql`update ${sql.table(tableOf(comment.audience))} set body = ${JSON.stringify(body)}::jsonb,
    edited_at = ${now}::timestamptz, version = version + 1 where id = ${comment.id}`.execute(tx)
}

/** Marks it deleted. The words stay, so that a deletion by mistake or by a faulty tool can be taken back. */
export const deleteComment = async (tx: Tx, comment: Comment, now: Date): Promise<void> => {
  await sql`update ${sql.table(tableOf(comment.audience))} set deleted_at = ${now}::timestamptz, version = version + 1
    where id = ${comment.id}`.execute(tx)
}

/** Takes a deletion back. */
export const restoreComment = async (tx: Tx, comment: Comment): Promise<void> => {
  await sql`update ${sql.table(tableOf(comment.audience))} set deleted_at = null, version = version + 1
    where id = ${comment.id}`.execute(tx)
}

/**
 * Changes who may see it; a comment that crosses between public and internal changes its table and keeps its id. Its
 * files come along here and not in the callers: one that forgot them would leave them open to the old readers.
 */
export const changeCommentAudience = async (tx: Tx, comment: Comment, audience: Audience): Promise<void> => {
  await changeAudienceOfItsFiles(tx, comment.id, audience)
  const from = tableOf(comment.audience)
  const to = tableOf(audience)
  if (from === to) {
    await sql`update ${sql.table(to)} set audience = ${audience}, version = version + 1 where id = ${comment.id}`.execute(
      tx,
    )
    return
  }
  await sql`
    with moved as (delete from ${sql.table(from)} where id = ${comment.id} returning *)
    insert into ${sql.table(to)} (id, record_kind, record_id, author, body, audience, source_connection, at, edited_at, deleted_at, version)
    select id, record_kind, record_id, author, body, ${audience}, source_connection, at, edited_at, deleted_at, version + 1
    from moved`.execute(tx)
}

/** Files on a comment are seen by whoever may see it. */
const changeAudienceOfItsFiles = async (tx: Tx, commentId: string, audience: Audience): Promise<void> => {
  await tx
    .updateTable('attachment')
    .set({ audience, version: sql<number>`version + 1` })
    .where('comment_id', '=', commentId)
    .execute()
}

/** The audiences of notes a party may read. */
export const noteAudiencesOf = (party: StaffParty): readonly NoteTable['audience'][] =>
  audiencesOf(party).filter((audience) => audience !== 'everyone')

/** Who other than this actor said something public on a record after that comment (null: at all); the latest of them. */
export const latestWordsOfOthers = async (
  tx: Tx,
  recordId: string,
  actorId: string,
  after: string | null,
): Promise<{ readonly name: string } | null> => {
  const since =
    after === null
      ? sql`true`
      : sql`(m.at, m.id) > (select x.at, x.id from message x where x.id = ${after}::uuid and x.record_id = m.record_id)`
  const found = await sql<{ name: string }>`
    select m.author->>'name' as name from message m
    where m.record_id = ${recordId}::uuid and m.deleted_at is null and m.author->>'id' is distinct from ${actorId} and ${since}
    order by m.at desc, m.id desc limit 1`.execute(tx)
  return found.rows[0] ?? null
}
