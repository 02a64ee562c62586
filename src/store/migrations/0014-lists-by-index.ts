import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Lists of 100,000 tickets and 20,000 work items, each narrowed by what people narrow them by, in the order they are
 * shown in. Some take the place of an index that held less.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`create index ticket_owner_state on ticket (owner_id, state, updated_at desc, id desc)`.execute(db)
  await sql`drop index ticket_owner`.execute(db)
  await sql`create index ticket_contact on ticket (contact_id, updated_at desc, id desc) where contact_id is not null`.execute(
    db,
  )
  await sql`create index ticket_open_of_customer on ticket (customer_id) where state in ('new', 'open', 'waiting')`.execute(
    db,
  )
  await sql`create index work_item_product on work_item (product_id, updated_at desc, id desc)`.execute(db)
  await sql`create index work_item_release_state on work_item (release_id, state, id)`.execute(db)
  await sql`drop index work_item_release`.execute(db)
  await sql`create index escalation_live_of_work_item on escalation (work_item_id, ticket_id) where ended_at is null`.execute(
    db,
  )
  await sql.raw(LINE).execute(db)
}

/**
 * Of the portal, for lists: what a request itself holds, without what is only told of each of those that are shown. The
 * same reach as in portal_request (0012).
 */
const LINE = `
create view portal_request_line with (security_barrier) as
select t.id, t.key, t.state, t.title, t.description, t.contact_id, t.updated_at from ticket t
where t.customer_id = nullif(current_setting('causeway.customer', true), '')::uuid
  and (nullif(current_setting('causeway.contact', true), '')::uuid is null
    or t.contact_id = nullif(current_setting('causeway.contact', true), '')::uuid)`
