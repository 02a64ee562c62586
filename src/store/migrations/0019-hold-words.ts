import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Why a field waits, as a cause with values beside the English sentence. What waits now has none until it is looked at
 * again, which every sweep does.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`alter table hold add column told jsonb`.execute(db)
}
