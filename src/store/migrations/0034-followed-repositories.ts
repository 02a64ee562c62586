import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Repositories that Causeway reads itself, every so often: one worker at a time, under a lease. The token is sealed for
 * the address it was given for. One that is followed no more keeps its row, for what it told stays true.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table followed_repository (
      id uuid primary key, product_id uuid not null references product, address text not null, repository text not null,
      account text, token text, tags text, except_tags text, prefix text, path text, heads jsonb not null, every_minutes int not null,
      paused_at timestamptz, next_read_at timestamptz not null, leased_until timestamptz, fence int not null default 0,
      read_at timestamptz, told jsonb, problem jsonb, failures int not null default 0,
      version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
      archived_at timestamptz
    )`.execute(db)
  await sql`create index followed_repository_due on followed_repository (next_read_at)
    where archived_at is null and paused_at is null`.execute(db)
  await sql`create unique index followed_repository_once on followed_repository (product_id, address, coalesce(path, ''))
    where archived_at is null`.execute(db)
}
