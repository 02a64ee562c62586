import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Impact and urgency that nobody set are empty, and follow the severity. So far such tickets held the defaults 3 and 2;
 * those become empty, unless the log knows that somebody changed them, or a tool has been told the priority: there it
 * would look like a change of ours.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`alter table ticket alter column impact drop not null, alter column urgency drop not null`.execute(
    db,
  )
  await sql`
    update ticket t set impact = null, urgency = null
    where impact = 3 and urgency = 2
      and not exists (select from event e where e.record_id = t.id and e.kind = 'ticket.changed'
        and (e.data->'changes' ? 'impact' or e.data->'changes' ? 'urgency'))
      and not exists (select from mirror m join connection c on c.id = m.connection_id
        join mapping p on p.connection_id = c.id and p.version = c.mapping_version
        where m.record_id = t.id and p.document->'fields' @> '[{"hub": "priority"}]')`.execute(db)
  await sql`alter table ticket add constraint ticket_levels check ((impact is null) = (urgency is null))`.execute(
    db,
  )
}
