import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What a desk works with beside its tickets: macros, links between tickets, who was mentioned, and who looks at what
 * just now. Presence is unlogged: it is worth nothing after a minute, and every web process reads the same table.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table macro (
      id uuid primary key, name text not null, team_id uuid references team, audience text not null,
      text text not null, actions jsonb not null default '{}', version int not null default 1,
      created_at timestamptz not null, updated_at timestamptz not null, archived_at timestamptz
    )`.execute(db)
  // an address elsewhere, or another ticket; each pair of tickets once, whoever was first
  await sql`
    create table ticket_link (
      id uuid primary key, ticket_id uuid not null references ticket, other_id uuid references ticket,
      url text, title text, made_by jsonb not null, at timestamptz not null,
      constraint ticket_link_target check ((other_id is null) <> (url is null))
    )`.execute(db)
  await sql`create index ticket_link_ticket on ticket_link (ticket_id)`.execute(db)
  await sql`create index ticket_link_other on ticket_link (other_id) where other_id is not null`.execute(db)
  await sql`
    create unique index ticket_link_pair on ticket_link (least(ticket_id, other_id), greatest(ticket_id, other_id))
    where other_id is not null`.execute(db)
  await sql`
    create table mention (
      id uuid primary key, person_id uuid not null references person, comment_id uuid not null,
      record_kind text not null, record_id uuid not null, by jsonb not null, at timestamptz not null, seen_at timestamptz,
      unique (comment_id, person_id)
    )`.execute(db)
  await sql`create index mention_unseen on mention (person_id, at desc) where seen_at is null`.execute(db)
  await sql`
    create unlogged table presence (
      record_id uuid not null, person_id uuid not null, is_typing boolean not null, at timestamptz not null,
      primary key (record_id, person_id)
    ) with (fillfactor = 50)`.execute(db)
  // what looks like a ticket is sought among the latest of its place, and never among all there are
  await sql`create index ticket_component on ticket (component_id, created_at desc)`.execute(db)
  await sql`create index ticket_product on ticket (product_id, created_at desc)`.execute(db)
  await sql`create index ticket_merged on ticket (merged_into) where merged_into is not null`.execute(db)
}
