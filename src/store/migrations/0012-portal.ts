import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * What a product asks of whoever reports something, and what they answered.
 *
 * And what the customers' portal may read: these views and nothing else. The role of the portal has no right on any
 * table (store/portal/portal-role.ts), so whatever is forgotten in one of its queries cannot be found there. Each view
 * holds only what is for everyone, and only what is within the reach set for the transaction: without one, nothing.
 */
const VIEWS = `
create view portal_request with (security_barrier) as
select t.id, t.key, t.kind, t.state, t.title, t.description,
  t.state = 'waiting' and t.waiting_for is not distinct from 'customer' as waits_for_them,
  t.contact_id, c.name as contact_name, h.name as handler,
  t.product_id, p.key as product_key, p.name as product_name, t.release_version as version, t.environment,
  t.workaround, t.answers,
  (select x.key from ticket x where x.id = t.merged_into and {reach:x}) as continued_in,
  e.state as escalation_state, w.state as work_state,
  w.workaround as said_workaround, w.behaviour_note as said_behaviour, w.decline_reason as said_decline,
  r.name as release_name, r.state as release_state, r.planned_from, r.planned_to, r.released_at,
  t.created_at, t.updated_at, t.resolved_at, t.closed_at
from ticket t left join contact c on c.id = t.contact_id
  left join person h on h.id = t.owner_id and h.roles && array['owner', 'lead', 'agent']
  left join product p on p.id = t.product_id
  left join lateral {bond} e on true
  left join work_item w on w.id = e.work_item_id left join release r on r.id = w.release_id
where {reach:t};

create view portal_message with (security_barrier) as
select m.id, h.request_id, m.at, m.edited_at, m.body, {author:m} as author
from ({places}) h join message m on m.record_id = h.record_id
where m.audience = 'everyone' and m.deleted_at is null;

create view portal_file with (security_barrier) as
select a.id, h.request_id, a.comment_id, a.at, a.name, a.media_type, a.size, a.state, a.sha256, {author:a} as author
from ({places}) h join attachment a on a.record_id = h.record_id
where a.audience = 'everyone' and a.state <> 'deleted' and (a.comment_id is null
  or exists (select from message m where m.id = a.comment_id and m.deleted_at is null));

create view portal_happening with (security_barrier) as
select v.id, t.id as request_id, v.at, v.kind
from ticket t join event v on v.record_id = t.id
where {reach:t} and v.kind in ('ticket.created', 'ticket.resolved', 'ticket.reopened', 'ticket.closed', 'ticket.cancelled', 'ticket.merged');

create view portal_bond with (security_barrier) as
select e.id as escalation_id, e.work_item_id, w.release_id, t.id as request_id
from ticket t join escalation e on e.ticket_id = t.id join work_item w on w.id = e.work_item_id
where {reach:t};

create view portal_product with (security_barrier) as
select p.id, p.key, p.name, p.request_form from product p
where {customer} is not null and p.archived_at is null and (p.request_form is not null
  or exists (select from installation i where i.product_id = p.id and i.customer_id = {customer}));

create view portal_installation with (security_barrier) as
select i.id, i.product_id, i.environment, coalesce(i.version, r.name) as version
from installation i left join release r on r.id = i.release_id where i.customer_id = {customer};

create view portal_contact with (security_barrier) as
select c.id, c.name from contact c
where c.customer_id = {customer} and ({contact} is null or c.id = {contact})
`

const CUSTOMER = `nullif(current_setting('causeway.customer', true), '')::uuid`
const CONTACT = `nullif(current_setting('causeway.contact', true), '')::uuid`
const reach = (t: string): string =>
  `(${t}.customer_id = ${CUSTOMER} and (${CONTACT} is null or ${t}.contact_id = ${CONTACT}))`
/** The bond that counts for a ticket: the live one, else the last. */
const BOND = `(select * from escalation e where e.ticket_id = t.id order by (e.ended_at is null) desc, e.created_at desc, e.id desc limit 1)`
/** Where words for a request stand: on it, and on the work item that was made of it and not handed back. */
const PLACES = `select t.id as request_id, t.id as record_id from ticket t where ${reach('t')}
  union all select t.id, e.work_item_id from ticket t join lateral ${BOND} e on true where ${reach('t')} and e.state <> 'returned'`
/** Customers read the names of support and of their own people. Whoever else of us wrote for everyone stays nameless. */
const author = (of: string): string => `case ${of}.author->>'kind'
  when 'contact' then jsonb_build_object('kind', 'contact', 'name', ${of}.author->>'name')
  when 'person' then jsonb_build_object('kind', 'staff', 'name', (select ${of}.author->>'name' from person p
    where p.id = (${of}.author->>'id')::uuid and p.roles && array['owner', 'lead', 'agent']))
  else jsonb_build_object('kind', 'staff', 'name', null) end`

const filled = VIEWS.replaceAll('{customer}', CUSTOMER)
  .replaceAll('{contact}', CONTACT)
  .replaceAll('{bond}', BOND)
  .replaceAll('{places}', PLACES)
  .replace(/\{reach:(\w)\}/g, (_, of: string) => reach(of))
  .replace(/\{author:(\w)\}/g, (_, of: string) => author(of))

export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`alter table product add column request_form jsonb`.execute(db)
  await sql`alter table ticket add column answers jsonb not null default '[]'`.execute(db)
  await sql`create index ticket_customer_updated on ticket (customer_id, updated_at desc, id desc)`.execute(
    db,
  )
  for (const view of filled.split(';')) await sql.raw(view).execute(db)
}
