import { type QueryExecutorProvider, sql } from 'kysely'

/** Mirrors of a pair that was joined without writing to either tool, until both have been looked at. */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`alter table mirror add column quiet boolean not null default false`.execute(db)
  await sql`create index mirror_quiet on mirror (id) where quiet`.execute(db)
}
