import { type Kysely, sql } from 'kysely'

/**
 * Deliveries come in the order of their times, and only housekeeping asks by time: a block range index answers that
 * and costs an insert next to nothing, where a tree is written for each of them.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop index delivery_received`.execute(db)
  await sql`create index delivery_received on delivery using brin (received_at)`.execute(db)
}
