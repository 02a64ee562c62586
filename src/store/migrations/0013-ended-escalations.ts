import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Every list of tickets shows of each what became of its escalation, also of one that ended long ago. Only the living
 * had an index by their ticket: a page of 50 read all escalations 50 times.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`create index escalation_ticket on escalation (ticket_id)`.execute(db)
}
