import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Other companies with a Causeway of their own, what each may see, and the records that were shared one by one or made
 * by them. An ended partner stays, for the log; its token opens nothing.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table partner (
      id uuid primary key, name text not null, policy jsonb not null, version int not null default 1,
      token_hash text not null unique, created_at timestamptz not null, last_asked_at timestamptz,
      ended_at timestamptz, ended_by text check (ended_by in ('us', 'them')),
      hook_address text, hook_secret text, hook_tx xid8, hook_seq bigint, next_ring_at timestamptz,
      hook_failures int not null default 0, hook_problem text
    )`.execute(db)
  await sql`create unique index partner_name on partner (lower(name)) where ended_at is null`.execute(db)
  await sql`
    create table partner_record (
      partner_id uuid not null references partner, record_id uuid not null, record_kind text not null,
      marker text, brought boolean not null, shared_at timestamptz not null, ended_at timestamptz,
      primary key (partner_id, record_id)
    )`.execute(db)
  await sql`create unique index partner_record_marker on partner_record (partner_id, marker) where marker is not null and ended_at is null`.execute(
    db,
  )
  await sql`create index partner_record_record on partner_record (record_id)`.execute(db)
}
