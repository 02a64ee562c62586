import { type Selectable, sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import { type Audience, audiencesOf, type Party } from '../domain/audience.ts'
import type { Tx } from './database.ts'
import type { AttachmentTable } from './tables.ts'

export type Attachment = Selectable<AttachmentTable>

export interface NewAttachment {
  readonly id: string
  readonly record: { readonly kind: 'ticket' | 'work item'; readonly id: string }
  readonly commentId: string | null
  readonly author: Actor
  readonly name: string
  readonly mediaType: string
  readonly size: number | null
  readonly sha256: string | null
  readonly audience: Audience
  readonly state: 'pending' | 'stored'
  readonly sourceConnection: string | null
  readonly at: Date
}

export const insertAttachment = async (tx: Tx, attachment: NewAttachment): Promise<void> => {
  await tx
    .insertInto('attachment')
    .values({
      id: attachment.id,
      record_kind: attachment.record.kind,
      record_id: attachment.record.id,
      comment_id: attachment.commentId,
      author: JSON.stringify(attachment.author),
      name: attachment.name,
      media_type: attachment.mediaType,
      size: attachment.size,
      sha256: attachment.sha256,
      audience: attachment.audience,
      state: attachment.state,
      source_connection: attachment.sourceConnection,
      at: attachment.at,
    })
    .execute()
}

export const lockAttachment = async (tx: Tx, id: string): Promise<Attachment | null> =>
  (await tx.selectFrom('attachment').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()) ??
  null

/** An attachment if this party may see it: what it may not see does not exist for it. */
export const findAttachmentFor = async (tx: Tx, id: string, party: Party): Promise<Attachment | null> =>
  (await tx
    .selectFrom('attachment')
    .selectAll()
    .where('id', '=', id)
    .where('audience', 'in', [...audiencesOf(party)])
    .executeTakeFirst()) ?? null

export const attachmentsFor = async (
  tx: Tx,
  recordIds: readonly string[],
  party: Party,
): Promise<readonly Attachment[]> =>
  recordIds.length === 0
    ? []
    : tx
        .selectFrom('attachment')
        .selectAll()
        .where('record_id', 'in', recordIds)
        .where('audience', 'in', [...audiencesOf(party)])
        .where('state', '<>', 'deleted')
        .orderBy('at')
        .orderBy('id')
        .limit(1_000)
        .execute()

/** Notes what became of its bytes: stored (with hash and size), refused (with the reason), deleted, or awaited. */
export const updateAttachment = async (
  tx: Tx,
  id: string,
  patch:
    | { readonly state: 'stored'; readonly sha256: string; readonly size: number }
    | { readonly state: 'refused'; readonly reason: string }
    // still to come; the reason says what stood in the way so far
    | { readonly state: 'pending'; readonly reason: string | null }
    | { readonly state: 'deleted' }
    | { readonly audience: Audience },
): Promise<void> => {
  await tx
    .updateTable('attachment')
    .set({
      ...('state' in patch && patch.state === 'stored' ? { reason: null } : {}),
      ...patch,
      version: sql<number>`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

/** Hashes of the files stored last, to see whether a folder is the one they lie in. */
export const latestStoredFiles = async (tx: Tx, limit: number): Promise<readonly string[]> => {
  const result = await sql<{ sha256: string }>`
    select sha256 from attachment where state = 'stored' and sha256 is not null order by at desc, id desc limit ${limit}`.execute(
    tx,
  )
  return result.rows.map(({ sha256 }) => sha256)
}
