import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Files of a ticket that a person left out when it was escalated. Of an escalation, because it is about what this work
 * item's readers get: the ticket's own desk has them anyway.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`
    create table escalation_withheld (
      escalation_id uuid not null references escalation (id) on delete cascade,
      attachment_id uuid not null references attachment (id) on delete cascade,
      primary key (escalation_id, attachment_id)
    )`.execute(db)
  await sql`create index escalation_withheld_attachment on escalation_withheld (attachment_id)`.execute(db)
}
