import { type QueryExecutorProvider, sql } from 'kysely'

const CUSTOMER = `nullif(current_setting('causeway.customer', true), '')::uuid`
const CONTACT = `nullif(current_setting('causeway.contact', true), '')::uuid`
const REACH = `(t.customer_id = ${CUSTOMER} and (${CONTACT} is null or t.contact_id = ${CONTACT}))`

/**
 * What a request's work is, who waits for it because they ask, what each ticket was told, and what was merged into what by
 * hand: so that each can be taken back. The work of a request: its own, else that of one that was merged into it; work that
 * nobody does comes last.
 */
const STATEMENTS = [
  `alter table enhancement add column merged_directly uuid references enhancement`,
  `update enhancement set merged_directly = merged_into`,
  `alter table enhancement add constraint enhancement_merged_both check ((merged_directly is null) = (merged_into is null))`,
  `create index enhancement_merged_directly on enhancement (merged_directly) where merged_directly is not null`,
  `create view work_of_enhancement as
   select e.id as enhancement_id, (select w.id from enhancement x join work_item w on w.id = x.work_item_id
     where x.id = e.id or x.merged_into = e.id
     order by w.state in ('declined', 'duplicate'), x.id <> e.id, x.number limit 1) as work_item_id
   from enhancement e`,

  `alter table enhancement_ask add column waits_for uuid references work_item`,
  `create index enhancement_ask_waits on enhancement_ask (waits_for) where waits_for is not null`,
  `update enhancement_ask a set waits_for = b.work_item_id
   from enhancement asked join enhancement e on e.id = coalesce(asked.merged_into, asked.id)
     join escalation b on b.work_item_id = e.work_item_id and b.ended_at is null
   where asked.id = a.enhancement_id and b.ticket_id = a.ticket_id and b.created_at >= a.at`,

  `create table enhancement_telling (
     ticket_id uuid not null references ticket on delete cascade, decision_number int not null, at timestamptz not null,
     primary key (ticket_id, decision_number)
   )`,
  `insert into enhancement_telling (ticket_id, decision_number, at)
   select ticket_id, told_decision, coalesce(told_at, at) from enhancement_ask where told_decision is not null`,
  `alter table enhancement_ask drop column told_decision, drop column told_at`,

  `create or replace view portal_wish with (security_barrier) as
   select a.ticket_id as request_id, e.public_words as words, case when e.state <> 'accepted' then e.state
     when w.state = 'done' and r.state = 'released' then 'shipped'
     when w.state in ('started', 'in review', 'verifying', 'done') then 'in progress' else 'planned' end as standing
   from enhancement_ask a join ticket t on t.id = a.ticket_id join enhancement asked on asked.id = a.enhancement_id
     join enhancement e on e.id = coalesce(asked.merged_into, asked.id) join work_of_enhancement x on x.enhancement_id = e.id
     left join work_item w on w.id = x.work_item_id left join release r on r.id = w.release_id
   where ${REACH}`,
  `create view portal_wish_bond with (security_barrier) as
   select a.ticket_id as request_id, asked.id as asked_id, e.id as enhancement_id, x.work_item_id, w.release_id
   from enhancement_ask a join ticket t on t.id = a.ticket_id join enhancement asked on asked.id = a.enhancement_id
     join enhancement e on e.id = coalesce(asked.merged_into, asked.id) join work_of_enhancement x on x.enhancement_id = e.id
     left join work_item w on w.id = x.work_item_id
   where ${REACH}`,
]

export const up = async (db: QueryExecutorProvider): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
