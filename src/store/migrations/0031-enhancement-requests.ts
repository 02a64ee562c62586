import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What customers wish for: one record for a wish, and a line for each ticket that asks for it. A merged one keeps its
 * lines, so that it can be taken apart again; its demand counts with the one it went into.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`alter table customer add column revenue double precision check (revenue >= 0)`.execute(db)
  await sql`create sequence enhancement_number`.execute(db)
  await sql`
    create table enhancement (
      id uuid primary key, number int not null unique, key text not null unique,
      product_id uuid not null references product, component_id uuid references component, title text not null,
      problem text not null, state text not null, public_words text, decision_number int not null default 0,
      decision_words text, decided_by jsonb, decided_at timestamptz, merged_into uuid references enhancement,
      work_item_id uuid references work_item, made_by jsonb not null, version int not null default 1,
      created_at timestamptz not null, updated_at timestamptz not null, check (merged_into <> id)
    )`.execute(db)
  await sql`create index enhancement_product on enhancement (product_id, number desc)`.execute(db)
  await sql`create index enhancement_component on enhancement (component_id) where component_id is not null`.execute(
    db,
  )
  await sql`create index enhancement_merged on enhancement (merged_into) where merged_into is not null`.execute(
    db,
  )
  await sql`create index enhancement_work on enhancement (work_item_id) where work_item_id is not null`.execute(
    db,
  )
  await sql`
    create table enhancement_ask (
      id uuid primary key, enhancement_id uuid not null references enhancement on delete cascade,
      ticket_id uuid not null unique references ticket on delete cascade, importance smallint check (importance between 0 and 3),
      told_decision int, told_at timestamptz, reception text, reception_words text, received_at timestamptz,
      received_by jsonb, asked_by jsonb not null, at timestamptz not null
    )`.execute(db)
  await sql`create index enhancement_ask_of on enhancement_ask (enhancement_id, at, id)`.execute(db)
  await sql`
    create index ticket_enhancement_request on ticket (created_at, id) where kind = 'enhancement request'`.execute(
    db,
  )
}
