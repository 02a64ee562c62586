import { type QueryExecutorProvider, sql } from 'kysely'

/** What those who follow a release have not seen yet: of each kind one line a person, which says how it stands now. */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table release_news (
      id uuid primary key, release_id uuid not null references release, person_id uuid not null references person,
      kind text not null, data jsonb not null, by jsonb not null, at timestamptz not null, seen_at timestamptz
    )`.execute(db)
  await sql`
    create unique index release_news_unseen on release_news (person_id, release_id, kind) where seen_at is null`.execute(
    db,
  )
  await sql`create index release_news_release on release_news (release_id)`.execute(db)
}
