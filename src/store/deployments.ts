import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Running } from '../domain/deployment.ts'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { DeploymentTable } from './deployment-tables.ts'

export type Deployment = Selectable<DeploymentTable>

/** Where something is put: an environment of ours, or a customer's installation. */
export type PlaceColumn = 'environment_id' | 'installation_id'

export const findDeployment = async (tx: Tx, id: string): Promise<Deployment | null> =>
  isId(id)
    ? ((await tx.selectFrom('deployment').selectAll().where('id', '=', id).executeTakeFirst()) ?? null)
    : null

/** The one that a pipeline told of before; asked under the lock of its place, so that nobody tells of it meanwhile. */
export const findToldDeployment = async (
  tx: Tx,
  told: { readonly source: string; readonly externalId: string; readonly placeId: string },
): Promise<Deployment | null> =>
  (await tx
    .selectFrom('deployment')
    .selectAll()
    .where('source', '=', told.source)
    .where('external_id', '=', told.externalId)
    .where(sql<boolean>`coalesce(environment_id, installation_id) = ${told.placeId}::uuid`)
    .executeTakeFirst()) ?? null

export const insertDeployment = async (tx: Tx, row: Insertable<DeploymentTable>): Promise<void> => {
  await tx.insertInto('deployment').values(row).execute()
}

export const updateDeployment = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<DeploymentTable>, 'id' | 'version' | 'updated_at'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('deployment')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** Now, or when the last deployment there ended by a clock ahead of ours: what is said now overrides all of them. */
export const saidAfter = (column: PlaceColumn, placeId: string, now: Date) =>
  sql<Date>`greatest(${now}::timestamptz, (select max(finished_at) from deployment
    where ${sql.ref(column)} = ${placeId}::uuid and state = 'succeeded'))`

/** The last at a place that succeeded and was not rolled back. */
export const latestAt = async (tx: Tx, column: PlaceColumn, placeId: string): Promise<Running | null> =>
  (await tx
    .selectFrom('deployment')
    .select(['release_id as releaseId', 'finished_at as since'])
    .where(column, '=', placeId)
    .where('state', '=', 'succeeded')
    .orderBy('finished_at', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null
