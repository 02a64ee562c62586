import { type QueryExecutorProvider, sql } from 'kysely'

export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await notes(db)
  await goLive(db)
  await acceptance(db)
  await care(db)
}

/**
 * What a release changes for those who use it: a note for each thing that they will notice. A note that was removed keeps
 * its words. One work item has one note in a release.
 */
const notes = async (db: QueryExecutorProvider): Promise<void> => {
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

/**
 * What a product asks of a release before it goes live; who signed for it, for what they saw then; what was decided, with
 * what was measured at that moment; and who is there in the hours after. One person signs for one role.
 */
const goLive = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table go_live_rule (
      product_id uuid primary key references product, criteria text[] not null, roles text[] not null,
      care_hours int not null, needs_go boolean not null, updated_at timestamptz not null
    )`.execute(db)
  await sql`
    create table sign_off (
      id uuid primary key, release_id uuid not null references release, role text not null,
      person_id uuid not null references person, note text, signed jsonb not null, signed_at timestamptz not null,
      withdrawn_at timestamptz
    )`.execute(db)
  for (const column of ['role', 'person_id'])
    await sql`
      create unique index ${sql.ref(`sign_off_${column}`)} on sign_off (release_id, ${sql.ref(column)})
      where withdrawn_at is null`.execute(db)
  await sql`create index sign_off_person on sign_off (person_id)`.execute(db)
  await sql`
    create table go_decision (
      id uuid primary key, release_id uuid not null references release, decision text not null, reason text,
      criteria jsonb not null, sign_offs jsonb not null, decided_by jsonb not null, decided_at timestamptz not null
    )`.execute(db)
  await sql`create index go_decision_release on go_decision (release_id, decided_at desc, id desc)`.execute(
    db,
  )
  await sql`
    create table care_duty (
      id uuid primary key, release_id uuid not null references release, person_id uuid not null references person,
      from_hour int not null, to_hour int not null, created_at timestamptz not null,
      check (0 <= from_hour and from_hour < to_hour)
    )`.execute(db)
  await sql`create index care_duty_release on care_duty (release_id, from_hour, id)`.execute(db)
  await sql`create index care_duty_person on care_duty (person_id)`.execute(db)
  await sql`
    create table release_follower (
      id uuid primary key, release_id uuid not null references release, person_id uuid references person,
      team_id uuid references team, created_at timestamptz not null, check (num_nonnulls(person_id, team_id) <= 1)
    )`.execute(db)
  for (const column of ['person_id', 'team_id'])
    await sql`
      create unique index ${sql.ref(`release_follower_${column}`)} on release_follower (release_id, ${sql.ref(column)})`.execute(
      db,
    )
}

/** What is tried before a release goes live, and what came of it each time. A case keeps what it said when it was run by its version. */
const acceptance = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table acceptance_case (
      id uuid primary key, release_id uuid not null references release, component_id uuid references component,
      ticket_id uuid references ticket, title text not null, steps text not null, expected text not null,
      version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
      removed_at timestamptz
    )`.execute(db)
  await sql`create index acceptance_case_release on acceptance_case (release_id, created_at, id)`.execute(db)
  await sql`create index acceptance_case_ticket on acceptance_case (ticket_id) where ticket_id is not null`.execute(
    db,
  )
  await sql`
    create table acceptance_run (
      id uuid primary key, case_id uuid not null references acceptance_case, case_version int not null,
      result text not null, note text, work_item_id uuid references work_item,
      person_id uuid not null references person, run_at timestamptz not null
    )`.execute(db)
  await sql`create index acceptance_run_case on acceptance_run (case_id, run_at desc, id desc)`.execute(db)
}

/** Contacts jumped after a release came out: found once for each component, with the incident that was raised. */
const care = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table contacts_jump (
      id uuid primary key, release_id uuid not null references release, component_id uuid references component,
      ticket_id uuid references ticket, contacts int not null, before int[] not null, found_at timestamptz not null,
      dismissed_at timestamptz, dismissed_by jsonb
    )`.execute(db)
  await sql`
    create unique index contacts_jump_once on contacts_jump
      (release_id, coalesce(component_id, '00000000-0000-0000-0000-000000000000'::uuid))`.execute(db)
  await sql`create index contacts_jump_ticket on contacts_jump (ticket_id) where ticket_id is not null`.execute(
    db,
  )
  await sql`create index release_out on release (released_at) where released_at is not null`.execute(db)
}
