import { type QueryExecutorProvider, sql } from 'kysely'

const CUSTOMER = `nullif(current_setting('causeway.customer', true), '')::uuid`
const CONTACT = `nullif(current_setting('causeway.contact', true), '')::uuid`
const REACH = `(t.customer_id = ${CUSTOMER} and (${CONTACT} is null or t.contact_id = ${CONTACT}))`

/**
 * What customers read of the request that a ticket of theirs asks for: where it stands and what we say of it, and nothing
 * of who else asks. Of a merged one, what is said of the one it went into.
 */
const VIEW = `
create view portal_wish with (security_barrier) as
select a.ticket_id as request_id, e.public_words as words, case when e.state <> 'accepted' then e.state
  when w.state = 'done' and r.state = 'released' then 'shipped'
  when w.state in ('started', 'in review', 'verifying', 'done') then 'in progress' else 'planned' end as standing
from enhancement_ask a join ticket t on t.id = a.ticket_id join enhancement asked on asked.id = a.enhancement_id
  join enhancement e on e.id = coalesce(asked.merged_into, asked.id)
  left join work_item w on w.id = e.work_item_id left join release r on r.id = w.release_id
where ${REACH}
`

export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql.raw(VIEW).execute(db)
}
