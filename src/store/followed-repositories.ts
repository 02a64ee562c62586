import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { isId } from '../lib/ids.ts'
import type { Database, Tx } from './database.ts'
import type { FollowedRepositoryTable, ReadingProblem, ToldNews } from './followed-repository-table.ts'

export type FollowedRepository = Selectable<FollowedRepositoryTable>

export const lockFollowed = async (tx: Tx, id: string): Promise<FollowedRepository | null> =>
  isId(id)
    ? ((await tx
        .selectFrom('followed_repository')
        .selectAll()
        .where('id', '=', id)
        .forNoKeyUpdate()
        .executeTakeFirst()) ?? null)
    : null

/** Another row that follows the same part of the same repository for the product. */
export const findSameFollowed = async (
  tx: Tx,
  of: Pick<FollowedRepository, 'product_id' | 'address' | 'path'>,
  besides: string,
): Promise<boolean> =>
  (await tx
    .selectFrom('followed_repository')
    .select('id')
    .where('product_id', '=', of.product_id)
    .where('address', '=', of.address)
    .where(sql`coalesce(path, '')`, '=', of.path ?? '')
    .where('archived_at', 'is', null)
    .where('id', '<>', besides)
    .executeTakeFirst()) !== undefined

/** Names by which a product's histories were told of. */
export const repositoryNames = async (tx: Tx, productId: string): Promise<readonly string[]> =>
  (
    await tx
      .selectFrom('repository')
      .select('name')
      .where('product_id', '=', productId)
      .orderBy('created_at')
      .execute()
  ).map(({ name }) => name)

/** False when the product follows it already. */
export const insertFollowed = async (tx: Tx, row: Insertable<FollowedRepositoryTable>): Promise<boolean> =>
  (await tx
    .insertInto('followed_repository')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

/** Whoever reads it at this moment read what it was before: they lose it, and it is read anew. */
export const updateFollowed = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<FollowedRepositoryTable>, 'id' | 'version' | 'updated_at'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('followed_repository')
    .set({
      ...patch,
      ...{ version: sql<number>`version + 1`, fence: sql<number>`fence + 1` },
      ...{ updated_at: now, next_read_at: now, leased_until: null },
    })
    .where('id', '=', id)
    .execute()
}

/** To be read at once, beside what it is. A reading that is under way goes on; another follows. */
export const readSoon = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await tx.updateTable('followed_repository').set({ next_read_at: now }).where('id', '=', id).execute()
}

/** One that is due, held for a while; null: none. Who had it and was not heard of has lost it. */
export const claimFollowed = async (
  db: Database,
  now: Date,
  leaseSeconds: number,
): Promise<FollowedRepository | null> =>
  (
    await sql<FollowedRepository>`
      update followed_repository set fence = fence + 1, next_read_at = ${now}::timestamptz + make_interval(mins => every_minutes),
        leased_until = ${now}::timestamptz + make_interval(secs => ${leaseSeconds})
      where id = (select id from followed_repository where archived_at is null and paused_at is null
        and next_read_at <= ${now}::timestamptz and (leased_until is null or leased_until <= ${now}::timestamptz)
        order by next_read_at, id limit 1 for update skip locked)
      returning *`.execute(db)
  ).rows[0] ?? null

type Held = Pick<FollowedRepository, 'id' | 'fence'>

/** False: somebody changed it, or another worker has it. */
export const renewFollowed = async (
  db: Database,
  { id, fence }: Held,
  now: Date,
  leaseSeconds: number,
): Promise<boolean> =>
  (
    await sql`
      update followed_repository set leased_until = ${now}::timestamptz + make_interval(secs => ${leaseSeconds})
      where id = ${id}::uuid and fence = ${fence} returning id`.execute(db)
  ).rows.length > 0

export interface Reading {
  /** null: nothing new. */
  readonly told: ToldNews | null
  readonly problem: Omit<ReadingProblem, 'since'> | null
  /** All but what the problem names: there is nothing to wait longer for. */
  readonly isRead: boolean
}

const LONGEST_WAIT_MINUTES = 360

/**
 * How a reading ended; answers what was wrong before, or undefined where it is no longer ours to say. After failures it
 * waits longer and longer, and never shorter than it was asked to.
 */
export const noteReading = async (
  tx: Tx,
  { id, fence }: Held,
  { told, problem, isRead }: Reading,
  now: Date,
): Promise<ReadingProblem | null | undefined> => {
  const before = await tx
    .selectFrom('followed_repository')
    .select(['problem', 'failures', 'every_minutes', 'next_read_at'])
    .where('id', '=', id)
    .where('fence', '=', fence)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (before === undefined) return undefined
  const wait = Math.max(
    before.every_minutes,
    Math.min(LONGEST_WAIT_MINUTES, before.every_minutes * 2 ** before.failures),
  )
  const later = new Date(now.getTime() + wait * 60_000)
  await tx
    .updateTable('followed_repository')
    .set({
      leased_until: null,
      problem:
        problem === null
          ? null
          : JSON.stringify({ ...problem, since: before.problem?.since ?? now.toISOString() }),
      ...(isRead
        ? { read_at: now, failures: 0 }
        : {
            failures: before.failures + 1,
            // asked for meanwhile: at once
            ...(before.next_read_at <= now ? {} : { next_read_at: later }),
          }),
      ...(told === null ? {} : { told: JSON.stringify(told) }),
    })
    .where('id', '=', id)
    .execute()
  return before.problem
}
