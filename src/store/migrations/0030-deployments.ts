import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What was put where, and when. A place (an environment of ours, a customer's installation) keeps what somebody said
 * last of what runs there; what runs there now is its latest deployment that succeeded after that, else what was said.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table deployment (
      id uuid primary key, product_id uuid not null references product, release_id uuid not null references release,
      environment_id uuid references environment on delete cascade,
      installation_id uuid references installation on delete cascade,
      build text, commit_sha text collate "C", state text not null, started_at timestamptz not null,
      finished_at timestamptz, source text not null, external_id text, url text, reported_by jsonb not null,
      change_id uuid, created_at timestamptz not null, updated_at timestamptz not null, version int not null default 1,
      check (num_nonnulls(environment_id, installation_id) = 1),
      check ((finished_at is null) = (state = 'started'))
    )`.execute(db)
  await sql`
    create unique index deployment_told_once on deployment (source, external_id, coalesce(environment_id, installation_id))
    where external_id is not null`.execute(db)
  await sql`create index deployment_started on deployment (started_at desc, id desc)`.execute(db)
  for (const column of ['product_id', 'release_id', 'environment_id', 'installation_id'])
    await sql`
      create index ${sql.ref(`deployment_${column}`)} on deployment (${sql.ref(column)}, started_at desc, id desc)`.execute(
      db,
    )
  for (const column of ['environment_id', 'installation_id'])
    await sql`
      create index ${sql.ref(`deployment_standing_${column}`)} on deployment (${sql.ref(column)}, finished_at desc)
      where state = 'succeeded'`.execute(db)
  for (const place of ['environment', 'installation']) {
    await sql`
      alter table ${sql.table(place)} add column said_release_id uuid references release,
        add column said_at timestamptz`.execute(db)
    await sql`update ${sql.table(place)} set said_release_id = release_id`.execute(db)
    await sql`
      create index ${sql.ref(`${place}_said_release`)} on ${sql.table(place)} (said_release_id)
      where said_release_id is not null`.execute(db)
  }
  await sql`update environment set said_at = coalesce(deployed_at, updated_at)`.execute(db)
  await sql`update installation set said_at = updated_at`.execute(db)
}
