import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { BookingTable, EnvironmentTable } from './environment-tables.ts'

export type Environment = Selectable<EnvironmentTable>
export type Booking = Selectable<BookingTable>

/** By id or key. */
export const findEnvironment = async (tx: Tx, ref: string): Promise<Environment | null> =>
  (await tx
    .selectFrom('environment')
    .selectAll()
    .where(isId(ref) ? 'id' : 'key', '=', ref)
    .executeTakeFirst()) ?? null

/** One of a product that is not archived, by its key whatever the case. */
export const findEnvironmentKeyed = async (
  tx: Tx,
  productId: string,
  key: string,
): Promise<Environment | null> =>
  (await tx
    .selectFrom('environment')
    .selectAll()
    .where('product_id', '=', productId)
    .where((is) => is(is.fn('lower', ['key']), '=', key.toLowerCase()))
    .where('archived_at', 'is', null)
    .limit(1)
    .executeTakeFirst()) ?? null

/** By id or key, held until the transaction ends: who books it decides alone. */
export const lockEnvironment = async (tx: Tx, ref: string): Promise<Environment | null> =>
  (await tx
    .selectFrom('environment')
    .selectAll()
    .where(isId(ref) ? 'id' : 'key', '=', ref)
    .forNoKeyUpdate()
    .executeTakeFirst()) ?? null

/** False when the key is taken. */
export const insertEnvironment = async (tx: Tx, row: Insertable<EnvironmentTable>): Promise<boolean> =>
  (await tx
    .insertInto('environment')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

export const updateEnvironment = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<EnvironmentTable>, 'id' | 'version' | 'updated_at'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('environment')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export const findBooking = async (tx: Tx, id: string): Promise<Booking | null> =>
  isId(id)
    ? ((await tx.selectFrom('booking').selectAll().where('id', '=', id).executeTakeFirst()) ?? null)
    : null

export const insertBooking = async (tx: Tx, row: Insertable<BookingTable>): Promise<void> => {
  await tx.insertInto('booking').values(row).execute()
}

export const updateBooking = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<BookingTable>, 'id' | 'version' | 'updated_at'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('booking')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** A booking with the name of whom it is for. */
export interface StandingBooking {
  readonly id: string
  readonly from: Date
  readonly to: Date
  readonly isShared: boolean
  readonly purpose: string
  readonly by: string
}

/** Bookings of an environment that end after this moment and were not cancelled, by their beginning. */
export const bookingsFrom = (
  tx: Tx,
  environmentId: string,
  from: Date,
): Promise<readonly StandingBooking[]> =>
  tx
    .selectFrom('booking as b')
    .innerJoin('person as p', 'p.id', 'b.person_id')
    .select(['b.id', 'b.starts_at as from', 'b.ends_at as to', 'b.is_shareable as isShared', 'b.purpose'])
    .select('p.name as by')
    .where('b.environment_id', '=', environmentId)
    .where('b.ended_at', 'is', null)
    .where('b.ends_at', '>', from)
    .orderBy('b.starts_at')
    .orderBy('b.id')
    .execute()
