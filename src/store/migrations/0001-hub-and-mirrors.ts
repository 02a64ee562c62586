import { type Kysely, sql } from 'kysely'

/**
 * The hub's records, the log, and the mirrors. SQL within PostgreSQL 15, so that it runs on Debian's server and on
 * the embedded engine alike.
 *
 * Public words (`message`) and internal words (`note`) live in two tables: a forgotten filter then finds nothing
 * instead of leaking. `event.tx` lets a reader stop before transactions that are still open (their sequence numbers
 * may be lower than ones already seen).
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(DDL).execute(db)
}

const DDL = `
create table setting (
  key text primary key,
  value jsonb not null
);

-- people and organisations -------------------------------------------------------------------------
create table customer (
  id uuid primary key, key text not null unique, name text not null, tier text,
  created_at timestamptz not null, archived_at timestamptz
);
create table person (
  id uuid primary key, name text not null, email text not null, role text not null,
  created_at timestamptz not null, archived_at timestamptz
);
create unique index person_email on person (lower(email));
create table contact (
  id uuid primary key, customer_id uuid references customer, name text not null, email text,
  created_at timestamptz not null, archived_at timestamptz
);
create unique index contact_email on contact (lower(email));
create index contact_customer on contact (customer_id);
create table team (
  id uuid primary key, key text not null unique, name text not null,
  created_at timestamptz not null, archived_at timestamptz
);
create table team_member (
  team_id uuid not null references team, person_id uuid not null references person, primary key (team_id, person_id)
);
create table product (
  id uuid primary key, key text not null unique, name text not null, team_id uuid references team,
  created_at timestamptz not null, archived_at timestamptz
);
create table component (
  id uuid primary key, product_id uuid not null references product, key text not null, name text not null,
  team_id uuid not null references team, created_at timestamptz not null, archived_at timestamptz,
  unique (product_id, key)
);
create table release (
  id uuid primary key, product_id uuid not null references product, name text not null, state text not null,
  planned_from date, planned_to date, confidence smallint, released_at timestamptz,
  version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
  unique (product_id, name)
);
-- each estimate ever given, so that slips can be read
create table release_estimate (
  id uuid primary key, release_id uuid not null references release, planned_from date, planned_to date,
  confidence smallint, said_at timestamptz not null, said_by jsonb not null
);
create index release_estimate_release on release_estimate (release_id, said_at);
create table installation (
  id uuid primary key, customer_id uuid not null references customer, product_id uuid not null references product,
  environment text not null, release_id uuid references release, version text,
  created_at timestamptz not null, updated_at timestamptz not null,
  unique (customer_id, product_id, environment)
);

-- tickets, work items, and the bond between them -----------------------------------------------------
create sequence ticket_number;
create sequence work_item_number;
create table ticket (
  id uuid primary key, number bigint not null unique, key text not null unique,
  kind text not null, state text not null, needs text, waiting_for text,
  title text not null, description jsonb not null,
  impact smallint not null, urgency smallint not null, severity text,
  customer_id uuid references customer, contact_id uuid references contact,
  owner_id uuid references person, product_id uuid references product, component_id uuid references component,
  installation_id uuid references installation, release_version text, environment text,
  workaround text, workaround_accepted boolean, custom jsonb not null default '{}',
  merged_into uuid references ticket,
  wake_at timestamptz, woken_at timestamptz, woken_because text,
  reopened_count int not null default 0,
  version int not null default 1,
  created_at timestamptz not null, updated_at timestamptz not null, resolved_at timestamptz, closed_at timestamptz
);
create index ticket_state on ticket (state, updated_at desc, id);
create index ticket_owner on ticket (owner_id, state);
create index ticket_customer on ticket (customer_id, created_at desc);
create table work_item (
  id uuid primary key, number bigint not null unique, key text not null unique,
  kind text not null, state text not null,
  title text not null, description jsonb not null,
  steps text, expected text, actual text, frequency text, since text,
  severity text, priority text, team_id uuid references team, assignee_id uuid references person,
  product_id uuid references product, component_id uuid references component,
  release_version text, environment text, release_id uuid references release,
  duplicate_of uuid references work_item, duplicate_key text, decline_reason text,
  root_cause text, workaround text, behaviour_note text, custom jsonb not null default '{}',
  status_moved_at timestamptz not null, done_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null, updated_at timestamptz not null
);
create index work_item_state on work_item (state, updated_at desc, id);
create index work_item_team on work_item (team_id, state);
create index work_item_release on work_item (release_id);
create index work_item_component on work_item (component_id, state);
create table escalation (
  id uuid primary key, ticket_id uuid not null references ticket, work_item_id uuid not null references work_item,
  state text not null, reason text, question text, sent_by jsonb not null,
  created_at timestamptz not null, sent_at timestamptz, accepted_at timestamptz, answered_at timestamptz,
  -- words older than this stay where they are: two items that were joined late have told each other already
  words_from timestamptz,
  ended_at timestamptz, version int not null default 1, updated_at timestamptz not null
);
-- a ticket is answered by one work item at a time: a second press finds this
create unique index escalation_one_live on escalation (ticket_id) where ended_at is null;
create index escalation_work_item on escalation (work_item_id);

-- words ---------------------------------------------------------------------------------------------
-- record_kind: ticket | work item. author: {kind, id, name}. body: rich text tree. at: the author's time.
create table message (
  id uuid primary key, record_kind text not null, record_id uuid not null,
  author jsonb not null, body jsonb not null, audience text not null check (audience = 'everyone'),
  source_connection uuid, at timestamptz not null, edited_at timestamptz, deleted_at timestamptz,
  version int not null default 1
);
create index message_record on message (record_id, at, id);
create table note (
  id uuid primary key, record_kind text not null, record_id uuid not null,
  author jsonb not null, body jsonb not null, audience text not null check (audience in ('staff', 'support', 'engineering')),
  source_connection uuid, at timestamptz not null, edited_at timestamptz, deleted_at timestamptz,
  version int not null default 1
);
create index note_record on note (record_id, at, id);
-- state: pending (bytes still to come) | stored | refused (reason says why) | deleted
create table attachment (
  id uuid primary key, record_kind text not null, record_id uuid not null, comment_id uuid,
  author jsonb not null, name text not null, media_type text not null, size bigint, sha256 text,
  audience text not null, state text not null, reason text, source_connection uuid,
  at timestamptz not null, version int not null default 1
);
create index attachment_record on attachment (record_id, at, id);

-- the log ---------------------------------------------------------------------------------------------
create table event (
  seq bigint generated always as identity primary key,
  tx xid8 not null default pg_current_xact_id(),
  id uuid not null, at timestamptz not null, actor jsonb not null, kind text not null,
  record_kind text, record_id uuid, connection_id uuid, cause text, data jsonb not null
);
create index event_record on event (record_id, seq desc);
create index event_kind on event (kind, seq desc);

-- connections --------------------------------------------------------------------------------------------
-- party: desk | tracker. state: active | paused | failing. settings hold no secret.
create table connection (
  id uuid primary key, key text not null unique, kind text not null, party text not null, title text not null,
  state text not null, state_reason text, settings jsonb not null, mapping_version int not null default 0,
  changes_cursor text, polled_at timestamptz, next_poll_at timestamptz, poll_every_s int not null,
  sweep_cursor text, sweep_started_at timestamptz, swept_at timestamptz, sweep_found int not null default 0,
  missed_by_webhook bigint not null default 0, next_sweep_at timestamptz, sweep_every_s int not null,
  blocked_until timestamptz, down_since timestamptz, fault jsonb,
  -- a person saw the mass change and let it go on until then
  mass_change_until timestamptz, mass_change_stopped boolean not null default false,
  lease_until timestamptz, fence bigint not null default 0,
  version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null
);
-- AES-256-GCM, bound to connection, field and origin; written, never shown
create table secret (
  connection_id uuid not null references connection, field text not null, origin text not null,
  sealed text not null, updated_at timestamptz not null, primary key (connection_id, field)
);
create table mapping (
  connection_id uuid not null references connection, version int not null, document jsonb not null,
  made_at timestamptz not null, made_by jsonb not null, primary key (connection_id, version)
);
-- where an escalation goes: the most specific line wins (component, then product, then neither)
create table route (
  id uuid primary key, position int not null, product_id uuid references product, component_id uuid references component,
  connection_id uuid references connection, container text, item_type text, component_there text
);
-- "this custom field set to yes escalates": expression over the ticket, action
create table rule (
  id uuid primary key, key text not null unique, position int not null, record_kind text not null, expression text not null,
  action jsonb not null, enabled boolean not null default true
);

-- mirrors ---------------------------------------------------------------------------------------------------
-- state: candidate (an item there, no record yet) | creating | live | gone | unlinked | paused
-- base: what both sides showed when they last agreed, per field and side (sync/merge.ts)
-- dirty_seq > clean_seq: there is a hint not yet looked at
create table mirror (
  id uuid primary key, connection_id uuid not null references connection,
  record_kind text not null, record_id uuid, container text,
  remote_id text, remote_key text, remote_url text,
  state text not null, state_reason text,
  base jsonb not null default '{}', snapshot jsonb, listed_hash text, mapping_version int not null default 0,
  dirty_seq bigint not null default 1, clean_seq bigint not null default 0,
  dirty_lane smallint not null default 1, dirty_at timestamptz not null, dirty_why text not null,
  lease_until timestamptz, fence bigint not null default 0,
  retry_at timestamptz, failures int not null default 0, fault jsonb,
  writes jsonb not null default '[]', restore jsonb,
  seen_in_sweep timestamptz, agreed_at timestamptz, created_at timestamptz not null
) with (fillfactor = 70);
create unique index mirror_remote on mirror (connection_id, remote_id) where remote_id is not null;
create unique index mirror_one_live on mirror (connection_id, record_id) where record_id is not null and state not in ('gone', 'unlinked');
create index mirror_record on mirror (record_id) where record_id is not null;
create index mirror_dirty on mirror (connection_id, dirty_lane, dirty_at) where dirty_seq > clean_seq;

-- a comment or attachment of ours and its counterpart there. origin: hub | tool
-- base_hub, base_tool: fingerprints of what each side showed when they last agreed
-- state: live | gone there | withdrawn | refused
create table mirror_element (
  id uuid primary key, mirror_id uuid not null references mirror on delete cascade,
  kind text not null, element_id uuid not null, remote_id text, remote_extra text[] not null default '{}',
  origin text not null, base_hub text, base_tool text, visibility text, state text not null, reason text
);
create unique index mirror_element_ours on mirror_element (mirror_id, element_id);
create unique index mirror_element_theirs on mirror_element (mirror_id, kind, remote_id) where remote_id is not null;
create index mirror_element_element on mirror_element (element_id);

-- one line per call that changes a tool, written before the call
-- state: sending | done | failed | unknown | abandoned
create table attempt (
  id uuid primary key, mirror_id uuid not null references mirror on delete cascade, connection_id uuid not null,
  fence bigint not null, position int not null, operation jsonb not null, element_id uuid,
  state text not null, started_at timestamptz not null, ended_at timestamptz, misses int not null default 0,
  receipt jsonb, fault jsonb
);
create index attempt_open on attempt (mirror_id, started_at, position) where state in ('sending', 'unknown');
create index attempt_open_creates on attempt (connection_id) where state in ('sending', 'unknown') and operation->'operation'->>'op' = 'create';
create index attempt_ended on attempt (ended_at) where ended_at is not null;

create table hold (
  mirror_id uuid not null references mirror on delete cascade, field text not null, code text not null,
  reason text not null, next_step text not null, value jsonb, since timestamptz not null, primary key (mirror_id, field)
);
create table conflict (
  id uuid primary key, mirror_id uuid not null references mirror on delete cascade, field text not null,
  base jsonb, hub jsonb, tool jsonb, opened_at timestamptz not null,
  settled_at timestamptz, settled_by jsonb, choice text, settled_value jsonb
);
create unique index conflict_open on conflict (mirror_id, field) where settled_at is null;

-- intake ------------------------------------------------------------------------------------------------------
create table delivery (
  connection_id uuid not null, delivery_id text not null, received_at timestamptz not null,
  primary key (connection_id, delivery_id)
);
create index delivery_received on delivery (received_at);
create table hint (
  id bigint generated always as identity primary key, connection_id uuid not null, remote_id text not null,
  why text not null, lane smallint not null, received_at timestamptz not null
);

-- access ------------------------------------------------------------------------------------------------------
create table token (
  id uuid primary key, hash text not null unique, name text not null, role text not null,
  person_id uuid references person, contact_id uuid references contact, one_time boolean not null default false,
  created_at timestamptz not null, expires_at timestamptz, last_used_at timestamptz, revoked_at timestamptz
);
create table idempotency (
  key text not null, token_id uuid not null, request_hash text not null, status int, response jsonb,
  created_at timestamptz not null, primary key (token_id, key)
);
`
