import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Where builds run, what runs there now, and who has it when. No two bookings of an environment are at once unless both
 * and the environment may be shared: decided in domain/booking.ts, under the lock of the environment's row. A booking
 * that was cancelled keeps its times; `ended_at` says when it ended.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table environment (
      id uuid primary key, key text not null unique, name text not null, product_id uuid not null references product,
      purpose text not null, is_shareable boolean not null, release_id uuid references release, deployed_at timestamptz,
      version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
      archived_at timestamptz
    )`.execute(db)
  await sql`create index environment_product on environment (product_id)`.execute(db)
  await sql`create index environment_release on environment (release_id) where release_id is not null`.execute(
    db,
  )
  await sql`
    create table booking (
      id uuid primary key, environment_id uuid not null references environment, person_id uuid not null references person,
      release_id uuid references release, purpose text not null, starts_at timestamptz not null,
      ends_at timestamptz not null, is_shareable boolean not null, version int not null default 1,
      created_at timestamptz not null, updated_at timestamptz not null, ended_at timestamptz,
      check (starts_at < ends_at)
    )`.execute(db)
  await sql`create index booking_environment on booking (environment_id, ends_at) where ended_at is null`.execute(
    db,
  )
  await sql`create index booking_starts on booking (starts_at, id)`.execute(db)
  await sql`create index booking_ends on booking (ends_at)`.execute(db)
  await sql`create index booking_person on booking (person_id)`.execute(db)
  await sql`create index booking_release on booking (release_id) where release_id is not null`.execute(db)
}
