import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What customers are told when a release reaches them. A `notice` is one message to one recipient (a contact, or a ticket
 * of which none is known) through one channel about one release and one standing; `notice_ticket` says of what. That a
 * ticket is told something of a release once is kept by an index: `is_live` ends where a ticket drops out of a notice.
 *
 * The portal may ask which of its requests have a fix that was told and not answered.
 */
const STATEMENTS = `
alter table contact add column takes_notices boolean not null default true;
alter table customer add column takes_notices boolean not null default true;

create table outreach_policy (
  id uuid primary key, product_id uuid references product, has_it text not null, must_upgrade text not null,
  gets_it text not null, delay_minutes int not null, version int not null default 1, updated_at timestamptz not null,
  unique nulls not distinct (product_id)
);
create table notice_template (
  standing text not null, language text not null, text text not null, version int not null default 1,
  updated_at timestamptz not null, primary key (standing, language)
);
create table notice (
  id uuid primary key, release_id uuid not null references release, standing text not null,
  recipient uuid not null, contact_id uuid references contact, customer_id uuid references customer,
  connection_id uuid references connection, language text not null, state text not null, reason text,
  text text not null, is_edited boolean not null default false, due_at timestamptz, approved_by jsonb,
  is_held boolean not null default false, comment_id uuid, ended_at timestamptz, ended_by jsonb, why text,
  version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null
);
create unique index notice_one_proposed on notice (release_id, standing, recipient, connection_id) nulls not distinct
  where state = 'proposed';
create index notice_release on notice (release_id, state);
create index notice_state on notice (state, created_at desc, id desc);
create index notice_due on notice (due_at) where state = 'proposed' and due_at is not null;
create index notice_contact on notice (contact_id) where contact_id is not null;
create index notice_customer on notice (customer_id) where customer_id is not null;
create table notice_ticket (
  notice_id uuid not null references notice, ticket_id uuid not null references ticket, release_id uuid not null,
  standing text not null, is_live boolean not null default true, reason text, shown_key text not null,
  runs jsonb not null, reopened int not null, since timestamptz not null, answer text, answered_at timestamptz,
  primary key (notice_id, ticket_id)
);
create unique index notice_ticket_once on notice_ticket (ticket_id, release_id, standing) where is_live;
create index notice_ticket_ticket on notice_ticket (ticket_id);
create index escalation_to_tell on escalation (work_item_id, ticket_id)
  where ended_at is null and state in ('fixed', 'released');
create table outreach_look (
  id boolean primary key default true check (id), tx text not null, seq bigint not null, looked_at timestamptz
);

create view portal_told with (security_barrier) as
select x.ticket_id as request_id from notice_ticket x join notice n on n.id = x.notice_id join ticket t on t.id = x.ticket_id
where n.state = 'sent' and n.standing in ('has it', 'must upgrade') and x.is_live and x.answer is null
  and x.reopened = t.reopened_count and {reach}
`

const CUSTOMER = `nullif(current_setting('causeway.customer', true), '')::uuid`
const CONTACT = `nullif(current_setting('causeway.contact', true), '')::uuid`
const REACH = `(t.customer_id = ${CUSTOMER} and (${CONTACT} is null or t.contact_id = ${CONTACT}))`

export const up = async (db: QueryExecutorProvider): Promise<void> => {
  for (const statement of STATEMENTS.replace('{reach}', REACH).split(';'))
    await sql.raw(statement).execute(db)
}
