import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * A token remembers who made it, since it may never do more than they may now; a session remembers how it was opened.
 * An account remembers the reader's time zone and language. An event remembers from where it was asked for. What sample
 * data made is listed, so that exactly that can be removed.
 *
 * Fingerprints of requests are made with our key from now on; those kept so far were not, and are forgotten.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`alter table token add column made_by uuid references person, add column how text`.execute(db)
  await sql`alter table account add column time_zone text, add column language text`.execute(db)
  await sql`alter table event add column address text`.execute(db)
  await sql`
    create table sample_record (id uuid primary key, kind text not null, made_at timestamptz not null)`.execute(
    db,
  )
  await sql`create index event_actor on event ((actor->>'id'), seq desc)`.execute(db)
  await sql`create index event_at on event using brin (at)`.execute(db)
  await sql`delete from idempotency`.execute(db)
}
