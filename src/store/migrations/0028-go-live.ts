import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What a release changes for those who use it: a note for each thing that they will notice. A note that was removed keeps
 * its words. One work item has one note in a release.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table release_note (
      id uuid primary key, release_id uuid not null references release, kind text not null, state text not null,
      title text not null, body text not null, say text, workaround text, component_id uuid references component,
      work_item_id uuid references work_item, written_by jsonb not null, approved_by jsonb, approved_at timestamptz,
      version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
      removed_at timestamptz, check ((state = 'approved') = (approved_at is not null))
    )`.execute(db)
  await sql`create index release_note_release on release_note (release_id, created_at, id)`.execute(db)
  await sql`
    create unique index release_note_work_item on release_note (work_item_id, release_id)
      where work_item_id is not null and removed_at is null`.execute(db)
  await sql`create index release_note_component on release_note (component_id) where component_id is not null`.execute(
    db,
  )
  // defects by the version they were found in
  await sql`create index work_item_found_in on work_item (product_id, release_version)
    where kind = 'defect' and release_version is not null`.execute(db)
  // what callers' words are looked for in
  await sql`
    create index release_note_words on release_note
      using gin (to_tsvector('simple', title || ' ' || body || ' ' || coalesce(say, '') || ' ' || coalesce(workaround, '')))
      where state = 'approved' and removed_at is null`.execute(db)
}
