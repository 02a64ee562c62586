import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Changes, the keys that were given for them, and times in which nothing is changed. A key counts for the `scope` it was
 * given for: whoever changes plan, window or parts counts `scope` up, and is asked anew.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`create sequence change_number`.execute(db)
  await sql`
    create table change_model (
      id uuid primary key, name text not null, product_id uuid references product,
      plan_implement text not null, plan_test text not null, plan_back_out text not null,
      approved_by uuid references person, approved_at timestamptz, created_by jsonb not null,
      version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
      archived_at timestamptz
    )`.execute(db)
  await sql`create index change_model_product on change_model (product_id)`.execute(db)
  await sql`
    create table change (
      id uuid primary key, number int not null unique, key text not null unique, kind text not null,
      state text not null, outcome text, title text not null, reason text not null,
      product_id uuid not null references product, release_id uuid references release,
      model_id uuid references change_model, owner_id uuid references person, created_by jsonb not null,
      starts_at timestamptz, ends_at timestamptz, plan_implement text not null, plan_test text not null,
      plan_back_out text not null, is_back_out_tested boolean not null, test_evidence text, url text,
      scope int not null default 1, risk jsonb, asked jsonb not null default '[]', begun_early text,
      end_note text, review text, begun_at timestamptz, finished_at timestamptz, ended_at timestamptz,
      retro_due_at timestamptz, retro_done_at timestamptz, review_due_at timestamptz,
      version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
      check ((starts_at is null) = (ends_at is null)), check (starts_at < ends_at)
    )`.execute(db)
  await sql`create index change_product on change (product_id, begun_at)`.execute(db)
  await sql`create index change_state on change (state, number)`.execute(db)
  await sql`create index change_starts on change (starts_at) where starts_at is not null`.execute(db)
  await sql`create index change_begun on change (begun_at) where begun_at is not null`.execute(db)
  await sql`create index change_release on change (release_id) where release_id is not null`.execute(db)
  await sql`create index change_model_of on change (model_id) where model_id is not null`.execute(db)
  await sql`create index change_owner on change (owner_id) where owner_id is not null`.execute(db)
  await sql`
    create table change_component (
      change_id uuid not null references change, component_id uuid not null references component,
      primary key (change_id, component_id)
    )`.execute(db)
  await sql`create index change_component_of on change_component (component_id)`.execute(db)
  await sql`
    create table change_environment (
      change_id uuid not null references change, environment_id uuid not null references environment,
      primary key (change_id, environment_id)
    )`.execute(db)
  await sql`create index change_environment_of on change_environment (environment_id)`.execute(db)
  await sql`
    create table change_work_item (
      change_id uuid not null references change, work_item_id uuid not null references work_item,
      relation text not null, primary key (change_id, work_item_id)
    )`.execute(db)
  await sql`create index change_work_item_of on change_work_item (work_item_id)`.execute(db)
  await sql`
    create table change_key (
      id uuid primary key, change_id uuid not null references change, scope int not null, name text not null,
      decision text not null, person_id uuid not null references person, reason text, at timestamptz not null
    )`.execute(db)
  await sql`create unique index change_key_once on change_key (change_id, scope, name)`.execute(db)
  await sql`
    create unique index change_key_person on change_key (change_id, scope, person_id)
    where name <> 'freeze exception'`.execute(db)
  await sql`create index change_key_of on change_key (person_id)`.execute(db)
  await sql`
    create table change_freeze (
      id uuid primary key, reason text not null, starts_at timestamptz not null, ends_at timestamptz not null,
      created_by jsonb not null, version int not null default 1, created_at timestamptz not null,
      updated_at timestamptz not null, ended_at timestamptz, check (starts_at < ends_at)
    )`.execute(db)
  await sql`create index change_freeze_ends on change_freeze (ends_at) where ended_at is null`.execute(db)
  await sql`create index change_freeze_starts on change_freeze (starts_at, id)`.execute(db)
  await sql`
    create table change_freeze_product (
      freeze_id uuid not null references change_freeze, product_id uuid not null references product,
      primary key (freeze_id, product_id)
    )`.execute(db)
  await sql`create index change_freeze_product_of on change_freeze_product (product_id)`.execute(db)
}
