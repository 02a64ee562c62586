import { type RawBuilder, sql } from 'kysely'
import type { Database, Tx } from './database.ts'

/** Sample data: what it made is listed in `sample_record`, and exactly that is removed again. */

/** All that this transaction has made so far. Every record begins with an event, so the log knows them all. */
export const markMadeHere = async (tx: Tx, now: Date): Promise<number> => {
  const marked = await sql`
    insert into sample_record (id, kind, made_at)
    select distinct record_id, record_kind, ${now}::timestamptz from event
    where tx = pg_current_xact_id() and record_id is not null and kind like '%.created'
    union select (data->>'comment')::uuid, 'comment', ${now}::timestamptz from event
    where tx = pg_current_xact_id() and kind = 'comment.added'
    on conflict (id) do nothing`.execute(tx)
  return Number(marked.numAffectedRows ?? 0)
}

/** Since when there is sample data; null: there is none. */
export const sampleSince = async (db: Database | Tx): Promise<Date | null> =>
  (
    await db
      .selectFrom('sample_record')
      .select((is) => is.fn.min('made_at').as('since'))
      .executeTakeFirst()
  )?.since ?? null

/** How far a hub has come: what the first steps look at. */
export interface Beginnings {
  readonly people: number
  readonly teams: number
  readonly products: number
  readonly customers: number
  readonly connections: number
  readonly tickets: number
  readonly workItems: number
}

const MANY = 1000

/** Counted up to a thousand: more says nothing new. */
export const beginnings = async (db: Database | Tx): Promise<Beginnings> => {
  const count = (table: string, where: RawBuilder<unknown> = sql`true`) =>
    sql`(select count(*)::int from (select 1 from ${sql.table(table)} where ${where} limit ${MANY}) x)`
  const current = sql`archived_at is null`
  const found = await sql<Beginnings>`
    select ${count('person', current)} as people, ${count('team', current)} as teams, ${count('product', current)} as products,
      ${count('customer', current)} as customers, ${count('connection')} as connections, ${count('ticket')} as tickets,
      ${count('work_item')} as "workItems"`.execute(db)
  return (
    found.rows[0] ?? {
      ...{ people: 0, teams: 0, products: 0, customers: 0, connections: 0, tickets: 0, workItems: 0 },
    }
  )
}

/** What goes with the sample data, and what only loses a reference to it. */
export interface SampleReach {
  readonly tickets: readonly string[]
  readonly workItems: readonly string[]
  /** Of those: what people made since. */
  readonly yourTickets: number
  readonly yourWorkItems: number
  /** What people said on what goes. */
  readonly yourComments: number
  /** Other records of yours that are part of a sample one: a component of a sample product. */
  readonly yourParts: number
  /** Tickets and work items of yours that stay, and no longer name a sample product, person or ticket. */
  readonly touched: { readonly tickets: readonly string[]; readonly workItems: readonly string[] }
  /** Items in connected tools that stay there. */
  readonly mirrors: number
}

/**
 * A ticket goes when it is a sample, or of a sample customer; a work item when it is a sample, or was made for tickets
 * that all go. Everything else of the people who work here stays.
 */
export const sampleReach = async (tx: Tx): Promise<SampleReach> => {
  const found = await sql<SampleReach>`
    with s as materialized (select id from sample_record),
    t as materialized (
      select id from ticket where id in (select id from s) or customer_id in (select id from s) or contact_id in (select id from s)
    ),
    w as materialized (
      select w.id from work_item w where w.id in (select id from s)
        or (exists (select 1 from escalation e where e.work_item_id = w.id)
          and not exists (select 1 from escalation e where e.work_item_id = w.id and e.ticket_id not in (select id from t)))
    ),
    gone as materialized (select id from t union all select id from w)
    select
      coalesce((select jsonb_agg(id) from t), '[]') as tickets,
      coalesce((select jsonb_agg(id) from w), '[]') as "workItems",
      (select count(*)::int from t where id not in (select id from s)) as "yourTickets",
      (select count(*)::int from w where id not in (select id from s)) as "yourWorkItems",
      (select count(*)::int from (select id, record_id from message union all select id, record_id from note) m
        where m.record_id in (select id from gone) and m.id not in (select id from s)) as "yourComments",
      (select count(*)::int from (
        select id from component where product_id in (select id from s)
        union all select id from release where product_id in (select id from s)
        union all select id from installation where product_id in (select id from s) or customer_id in (select id from s)
      ) x where id not in (select id from s)) as "yourParts",
      jsonb_build_object('tickets', coalesce((select jsonb_agg(id) from ticket where id not in (select id from t)
          and (owner_id in (select id from s) or product_id in (select id from s) or component_id in (select id from s)
            or merged_into in (select id from t) or exists (select 1 from escalation e where e.ticket_id = ticket.id and e.work_item_id in (select id from w)))), '[]'),
        'workItems', coalesce((select jsonb_agg(id) from work_item where id not in (select id from w)
          and (assignee_id in (select id from s) or team_id in (select id from s) or product_id in (select id from s)
            or component_id in (select id from s) or release_id in (select id from s) or duplicate_of in (select id from w))), '[]')) as touched,
      (select count(*)::int from mirror where record_id in (select id from gone) and remote_id is not null) as mirrors`.execute(
    tx,
  )
  const reach = found.rows[0]
  if (reach === undefined) throw new Error('the reach of sample data was not counted')
  return reach
}

/** A component of yours that only a sample team owns: it would be lost with the team. */
export const ownedBySampleTeams = async (tx: Tx): Promise<readonly string[]> =>
  (
    await sql<{ name: string }>`
      select p.name || ' · ' || c.name as name from component c join product p on p.id = c.product_id
      where c.team_id in (select id from sample_record) and c.id not in (select id from sample_record)
        and c.product_id not in (select id from sample_record) order by 1 limit 5`.execute(tx)
  ).rows.map((row) => row.name)
