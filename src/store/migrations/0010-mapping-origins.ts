import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Where a version of a mapping came from: a file that was applied, the screen of connections, or an older version that
 * was brought back. All that were made so far came from files.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`alter table mapping add column source text not null default 'file'
    check (source in ('file', 'screen', 'restored'))`.execute(db)
  await sql`alter table mapping add column restored_from int`.execute(db)
}
