import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * A revert that is carried to another line names a commit that is not there: its copy is meant. `unless_id` is the commit
 * that the message names; on a line that has it, that one alone is taken back.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`alter table trace_undo add column unless_id uuid references trace_commit`.execute(db)
  await sql`create index trace_commit_picks on trace_commit using gin (picks) where cardinality(picks) > 0`.execute(
    db,
  )
}
