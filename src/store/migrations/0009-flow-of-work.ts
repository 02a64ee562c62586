import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * How work flows through engineering. A card can be put before all others (`expedite`), and be left alone in triage for
 * a while; `snoozed_at` tells which news came after, since these end the rest. A team has at most so many cards in a
 * state at once. Work items stand in relation to each other (`to_id`) or to something elsewhere (`url`): the kind reads
 * from the first to the second.
 *
 * The indexes are those of the board (a column of a team, the oldest first), of one's own work, and of the bonds under
 * way, those that wait longest first.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    alter table work_item add column expedite boolean not null default false, add column snoozed_at timestamptz,
      add column snoozed_until timestamptz, add constraint work_item_snooze check ((snoozed_at is null) = (snoozed_until is null))`.execute(
    db,
  )
  await sql`
    create table wip_limit (
      team_id uuid not null references team, state text not null, most int not null check (most > 0),
      primary key (team_id, state)
    )`.execute(db)
  await sql`
    create table work_item_link (
      id uuid primary key, from_id uuid not null references work_item, kind text not null,
      to_id uuid references work_item, url text, title text, made_at timestamptz not null, made_by jsonb not null,
      constraint work_item_link_end check ((to_id is null) <> (url is null)),
      constraint work_item_link_other check (to_id <> from_id)
    )`.execute(db)
  await sql`create unique index work_item_link_once on work_item_link (from_id, to_id, kind) where to_id is not null`.execute(
    db,
  )
  await sql`create index work_item_link_to on work_item_link (to_id) where to_id is not null`.execute(db)
  await sql`create index work_item_link_from on work_item_link (from_id)`.execute(db)
  await sql`create index work_item_column on work_item (state, status_moved_at desc, id)`.execute(db)
  await sql`create index work_item_assignee on work_item (assignee_id, state) where assignee_id is not null`.execute(
    db,
  )
  await sql`create index escalation_waits on escalation (updated_at, id) where ended_at is null`.execute(db)
}
