import { type QueryExecutorProvider, sql } from 'kysely'

/** Who began a change: whoever carries it out approves nothing of it, also where somebody else was to do it. */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`alter table change add column begun_by jsonb`.execute(db)
  await sql`
    update change c set begun_by = (select e.actor from event e where e.kind = 'change.begun' and e.record_kind = 'change'
      and e.record_id = c.id order by e.seq desc limit 1) where c.begun_at is not null`.execute(db)
}
