import { sql } from 'kysely'
import type { FileFacts } from '../sync/shared-item.ts'
import type { Tx } from './database.ts'

/** Who hung these files up, when and on which comment. */
export const factsOfFiles = async (
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FileFacts>> => {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('attachment')
    .select(['id', 'author', 'at', 'comment_id'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(
    rows.map((row) => [row.id, { author: row.author, at: row.at.toISOString(), commentId: row.comment_id }]),
  )
}

/** Of those of these comments that were edited: when last. */
export const timesOfEdits = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; edited_at: Date }>`
    select id, edited_at from message where id = any(${[...ids]}::uuid[]) and edited_at is not null
    union all select id, edited_at from note where id = any(${[...ids]}::uuid[]) and edited_at is not null`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.id, row.edited_at.toISOString()]))
}
