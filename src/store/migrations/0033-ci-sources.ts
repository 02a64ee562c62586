import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * CI systems that tell of deployments by a signed webhook, the rules that say where their words belong, and what each
 * has told: kept before it is acknowledged, so that it can be understood later.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table ci_source (
      id uuid primary key, key text not null unique, name text not null, kind text not null,
      product_id uuid not null references product, secret text not null, tag_prefix text,
      heard_at timestamptz, refused_at timestamptz, refused_why text, refused_count int not null default 0,
      ignored_at timestamptz, ignored_why text, ignored_count int not null default 0,
      version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
      paused_at timestamptz, archived_at timestamptz
    )`.execute(db)
  await sql`create index ci_source_product on ci_source (product_id)`.execute(db)
  await sql`
    create table ci_rule (
      id uuid primary key, source_id uuid not null references ci_source on delete cascade, position int not null,
      pattern text not null, environment_id uuid references environment on delete cascade,
      installation_id uuid references installation on delete cascade,
      unique (source_id, position), check (num_nonnulls(environment_id, installation_id) <= 1)
    )`.execute(db)
  await sql`create index ci_rule_environment on ci_rule (environment_id) where environment_id is not null`.execute(
    db,
  )
  await sql`create index ci_rule_installation on ci_rule (installation_id) where installation_id is not null`.execute(
    db,
  )
  await sql`
    create table ci_report (
      id uuid primary key, source_id uuid not null references ci_source on delete cascade, delivery text not null,
      position int not null, received_at timestamptz not null, environment text not null, told jsonb not null,
      state text not null, missing text, reason text, settled_at timestamptz not null,
      unique (source_id, delivery, position)
    )`.execute(db)
  await sql`create index ci_report_open on ci_report (source_id, received_at) where state <> 'taken'`.execute(
    db,
  )
  await sql`create index ci_report_received on ci_report (received_at)`.execute(db)
}
