import { type QueryExecutorProvider, sql } from 'kysely'

/** How it stands with the webhook that a tool keeps for a connection: when it was looked at, and what stands in the way. */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    alter table connection add column next_hook_at timestamptz, add column hook_at timestamptz,
      add column hook_until timestamptz, add column hook_problem text`.execute(db)
}
