import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Span } from '../domain/booking.ts'
import type { Freeze } from '../domain/change-gate.ts'
import { isId } from '../lib/ids.ts'
import type { FreezeTable } from './change-tables.ts'
import type { Tx } from './database.ts'

export type FreezeRow = Selectable<FreezeTable>

/** None is longer (commands/plan-freeze.ts): so an index on the beginnings finds all that reach into a time. */
export const LONGEST_FREEZE_DAYS = 120

export const lockFreeze = async (tx: Tx, id: string): Promise<FreezeRow | null> =>
  isId(id)
    ? ((await tx
        .selectFrom('change_freeze')
        .selectAll()
        .where('id', '=', id)
        .forNoKeyUpdate()
        .executeTakeFirst()) ?? null)
    : null

export const insertFreeze = async (tx: Tx, row: Insertable<FreezeTable>): Promise<void> => {
  await tx.insertInto('change_freeze').values(row).execute()
}

export const updateFreeze = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<FreezeTable>, 'id' | 'version' | 'updated_at'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('change_freeze')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export const writeFreezeProducts = async (
  tx: Tx,
  freezeId: string,
  productIds: readonly string[],
): Promise<void> => {
  await tx.deleteFrom('change_freeze_product').where('freeze_id', '=', freezeId).execute()
  if (productIds.length > 0)
    await tx
      .insertInto('change_freeze_product')
      .values(productIds.map((product_id) => ({ freeze_id: freezeId, product_id })))
      .execute()
}

/** Those that have a moment in common with a time and were not lifted, by their beginning. */
export const freezesIn = async (tx: Tx, { from, to }: Span): Promise<readonly Freeze[]> =>
  (
    await sql<Freeze>`
      select f.id, f.reason, f.starts_at as "from", f.ends_at as "to",
        coalesce((select jsonb_agg(p.product_id) from change_freeze_product p where p.freeze_id = f.id), '[]') as "productIds"
      from change_freeze f where f.ended_at is null and f.starts_at < ${to}::timestamptz and f.ends_at > ${from}::timestamptz
        and f.starts_at > ${from}::timestamptz - make_interval(days => ${sql.lit(LONGEST_FREEZE_DAYS + 1)})
      order by f.starts_at, f.id`.execute(tx)
  ).rows
