import { type Selectable, sql, type Updateable } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { Estimate } from '../domain/release.ts'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { ReleaseEstimateTable, ReleaseTable } from './tables.ts'

export type Release = Selectable<ReleaseTable>
export type ReleaseEstimate = Selectable<ReleaseEstimateTable>

export const findRelease = async (tx: Tx, id: string): Promise<Release | null> =>
  isId(id)
    ? ((await tx.selectFrom('release').selectAll().where('id', '=', id).executeTakeFirst()) ?? null)
    : null

export const findReleaseNamed = async (tx: Tx, productId: string, name: string): Promise<Release | null> =>
  (await tx
    .selectFrom('release')
    .selectAll()
    .where('product_id', '=', productId)
    .where('name', '=', name)
    .executeTakeFirst()) ?? null

/** Held until the transaction ends; work items of it are locked before it (the order is told in tickets.ts). */
export const lockRelease = async (tx: Tx, id: string): Promise<Release | null> =>
  isId(id)
    ? ((await tx
        .selectFrom('release')
        .selectAll()
        .where('id', '=', id)
        .forNoKeyUpdate()
        .executeTakeFirst()) ?? null)
    : null

/** Whether it is out, read so that it cannot come out unseen before this transaction ends. */
export const isReleased = async (tx: Tx, releaseId: string | null): Promise<boolean> => {
  if (releaseId === null) return false
  const row = await tx
    .selectFrom('release')
    .select('state')
    .where('id', '=', releaseId)
    .forShare()
    .executeTakeFirst()
  return row?.state === 'released'
}

export interface NewRelease {
  readonly id: string
  readonly productId: string
  readonly name: string
  readonly at: Date
}

/** Writes a planned release; false when the product has one of this name already. */
export const insertRelease = async (tx: Tx, release: NewRelease): Promise<boolean> => {
  const row = await tx
    .insertInto('release')
    .values({
      id: release.id,
      product_id: release.productId,
      name: release.name,
      state: 'planned',
      created_at: release.at,
      updated_at: release.at,
    })
    .onConflict((conflict) => conflict.columns(['product_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export const updateRelease = async (
  tx: Tx,
  id: string,
  patch: Pick<
    Updateable<ReleaseTable>,
    'name' | 'state' | 'planned_from' | 'planned_to' | 'confidence' | 'released_at'
  >,
  now: Date,
): Promise<number> => {
  const row = await tx
    .updateTable('release')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

/** Keeps an estimate for good: the history of slips is read from these. */
export const insertEstimate = async (
  tx: Tx,
  said: {
    readonly id: string
    readonly releaseId: string
    readonly estimate: Estimate
    readonly at: Date
    readonly by: Actor
  },
): Promise<void> => {
  await tx
    .insertInto('release_estimate')
    .values({
      id: said.id,
      release_id: said.releaseId,
      planned_from: said.estimate.from,
      planned_to: said.estimate.to,
      confidence: said.estimate.confidence,
      said_at: said.at,
      said_by: JSON.stringify(said.by),
    })
    .execute()
}

export const estimateOf = (row: Pick<Release, 'planned_from' | 'planned_to' | 'confidence'>): Estimate => ({
  from: row.planned_from,
  to: row.planned_to,
  confidence: row.confidence,
})

/** Ids of the work items in a release, in the order of locks. */
export const workItemIdsIn = async (tx: Tx, releaseId: string): Promise<readonly string[]> =>
  (
    await tx.selectFrom('work_item').select('id').where('release_id', '=', releaseId).orderBy('id').execute()
  ).map((row) => row.id)
