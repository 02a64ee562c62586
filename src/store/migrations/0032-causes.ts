import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What an incident was caused by: changes, releases, deployments and flips of flags, many to many. An undecided pair has
 * no row: what is suspected is ranked anew each time it is looked at. `suspected` is a decision that was taken back.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`alter table ticket add column impact_began_at timestamptz`.execute(db)
  await sql`
    create table flag_flip (
      id uuid primary key, flag text not null, product_id uuid not null references product,
      environment_id uuid references environment, from_value text, to_value text not null, at timestamptz not null,
      person_id uuid references person, source text not null, url text, reported_by jsonb not null,
      created_at timestamptz not null
    )`.execute(db)
  await sql`
    create unique index flag_flip_once on flag_flip (product_id, flag, at, coalesce(environment_id, product_id))`.execute(
    db,
  )
  await sql`create index flag_flip_at on flag_flip (at desc, id desc)`.execute(db)
  await sql`create index flag_flip_person on flag_flip (person_id) where person_id is not null`.execute(db)
  await sql`
    create index flag_flip_environment on flag_flip (environment_id) where environment_id is not null`.execute(
    db,
  )
  await sql`
    create table cause (
      id uuid primary key, ticket_id uuid not null references ticket, change_id uuid references change,
      release_id uuid references release, deployment_id uuid references deployment,
      flag_flip_id uuid references flag_flip, state text not null, decided_by jsonb not null,
      decided_at timestamptz not null,
      check (num_nonnulls(change_id, release_id, deployment_id, flag_flip_id) <= 1)
    )`.execute(db)
  for (const caused of ['change_id', 'release_id', 'deployment_id', 'flag_flip_id']) {
    const [name, column] = [sql.ref(`cause_${caused}`), sql.ref(caused)]
    await sql`create unique index ${name} on cause (${column}, ticket_id) where ${column} is not null`.execute(
      db,
    )
  }
  await sql`create index cause_ticket on cause (ticket_id)`.execute(db)
  await sql`create index deployment_change on deployment (change_id) where change_id is not null`.execute(db)
}
