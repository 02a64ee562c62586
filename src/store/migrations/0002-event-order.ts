import { type Kysely, sql } from 'kysely'

/**
 * Readers follow the log in the order (transaction, seq). The order of `seq` alone is not safe to follow: a younger
 * transaction may commit a higher number first, and the lower one that comes later would be passed over.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create index event_order on event (tx, seq)`.execute(db)
}
