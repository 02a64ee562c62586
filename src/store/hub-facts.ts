import { sql } from 'kysely'
import type { HubAttachment, HubComment } from '../sync/hub-view.ts'
import type { Facts, ReleaseRecordFacts, TicketFacts, Words, WorkItemFacts } from '../sync/projection.ts'
import type { Database, Tx } from './database.ts'
import { isWithheld } from './withheld-files.ts'

/**
 * Everything the hub shows for many records, in a fixed number of queries whatever their number. `publicUrl` is where
 * people reach us; a record with a mirror elsewhere is named by its key and address there.
 */
export const loadFacts = async (
  db: Database | Tx,
  records: readonly { readonly kind: string; readonly id: string }[],
  publicUrl: string,
): Promise<ReadonlyMap<string, Facts>> => {
  const ids = (kind: string): string[] =>
    records.filter((record) => record.kind === kind).map((record) => record.id)
  const found = new Map<string, Facts>()
  const [tickets, workItems, releases] = [ids('ticket'), ids('work item'), ids('release')]
  if (tickets.length > 0)
    for (const facts of await ticketFacts(db, tickets, publicUrl)) found.set(facts.id, facts)
  if (workItems.length > 0)
    for (const facts of await workItemFacts(db, workItems, publicUrl)) found.set(facts.id, facts)
  if (releases.length > 0) for (const facts of await releaseFacts(db, releases)) found.set(facts.id, facts)
  return found
}

const RELEASE = sql.raw(
  `case when r.id is null then null else jsonb_build_object('name', r.name, 'state', r.state, 'plannedFrom', r.planned_from, 'plannedTo', r.planned_to, 'releasedAt', r.released_at) end as release`,
)

/** A record's name for the other side: its mirror on a connection of the party that keeps it, else our own. */
const counterpart = (
  recordId: string,
  key: string,
  party: 'desk' | 'tracker',
  path: string,
  publicUrl: string,
) => sql`
  coalesce(
    (select jsonb_build_object('key', x.remote_key, 'url', x.remote_url) from mirror x join connection xc on xc.id = x.connection_id
      where x.record_id = ${sql.ref(recordId)} and x.state = 'live' and x.remote_key is not null and xc.party = ${sql.lit(party)} order by x.created_at limit 1),
    jsonb_build_object('key', ${sql.ref(key)}, 'url', ${publicUrl}::text || ${sql.lit(path)} || ${sql.ref(key)}))`

const ticketFacts = async (
  db: Database | Tx,
  ids: readonly string[],
  publicUrl: string,
): Promise<readonly TicketFacts[]> => {
  const result = await sql<TicketFacts>`
    select 'ticket' as kind, t.id, t.key, t.version, t.title, t.description, t.state, t.waiting_for as "waitingFor", t.severity, t.impact, t.urgency,
      p.key as product, c.key as component, coalesce(t.release_version, i.version) as "releaseVersion", coalesce(t.environment, i.environment) as environment,
      lower(o.email) as owner, lower(q.email) as requester, k.name as customer, t.workaround, t.custom,
      case when e.id is null then null else jsonb_build_object('state', e.state) end as escalation,
      case when w.id is null then null else jsonb_build_object('state', w.state, 'assignee', a.name,
        'counterpart', ${counterpart('w.id', 'w.key', 'tracker', '/work-items/', publicUrl)}) end as "workItem",
      ${RELEASE}
    from ticket t
      left join product p on p.id = t.product_id left join component c on c.id = t.component_id left join person o on o.id = t.owner_id
      left join contact q on q.id = t.contact_id left join customer k on k.id = t.customer_id left join installation i on i.id = t.installation_id
      left join lateral (select * from escalation e where e.ticket_id = t.id order by e.ended_at is not null, e.created_at desc limit 1) e on true
      left join work_item w on w.id = e.work_item_id left join person a on a.id = w.assignee_id left join release r on r.id = w.release_id
    where t.id = any(${[...ids]}::uuid[])`.execute(db)
  return result.rows
}

const workItemFacts = async (
  db: Database | Tx,
  ids: readonly string[],
  publicUrl: string,
): Promise<readonly WorkItemFacts[]> => {
  const result = await sql<WorkItemFacts>`
    select 'work item' as kind, w.id, w.key, w.version, w.title, w.description, w.kind as "itemKind", w.state, w.severity, w.priority,
      p.key as product, c.key as component, w.release_version as "releaseVersion", w.environment, lower(a.email) as assignee, ${RELEASE},
      w.workaround, w.root_cause as "rootCause", w.decline_reason as "declineReason", w.steps, w.expected, w.actual, w.frequency, w.since, w.custom,
      coalesce((
        select jsonb_agg(jsonb_build_object('key', t.key, 'severity', t.severity, 'customer', k.name,
          'counterpart', ${counterpart('t.id', 't.key', 'desk', '/tickets/', publicUrl)}) order by t.number)
        from escalation e join ticket t on t.id = e.ticket_id left join customer k on k.id = t.customer_id
        where e.work_item_id = w.id and (e.ended_at is null or e.state in ('fixed', 'released', 'verified'))), '[]') as tickets
    from work_item w left join product p on p.id = w.product_id left join component c on c.id = w.component_id
      left join person a on a.id = w.assignee_id left join release r on r.id = w.release_id
    where w.id = any(${[...ids]}::uuid[])`.execute(db)
  return result.rows
}

const releaseFacts = async (
  db: Database | Tx,
  ids: readonly string[],
): Promise<readonly ReleaseRecordFacts[]> => {
  const result = await sql<ReleaseRecordFacts>`
    select 'release' as kind, id, version, name, state, planned_from as "plannedFrom", planned_to as "plannedTo", released_at as "releasedAt"
    from release where id = any(${[...ids]}::uuid[])`.execute(db)
  return result.rows
}

/**
 * The comments and files that belong on these records' mirrors: their own, and those that cross through a live
 * escalation (a ticket's on its work item, a work item's on its tickets; never one ticket's on another). Deleted ones
 * and ones with a narrowed audience are there too, so that their copies are found and withdrawn; so are all that were
 * ever copied there, because a bond that ended takes no copy back. A file that a person left out of a bond does not
 * cross through it.
 */
export const loadWords = async (
  db: Database | Tx,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, Words>> => {
  const homes = sql`
    home as (
      select id, id as source, null::timestamptz as since, null::uuid as bond from unnest(${[...recordIds]}::uuid[]) as id
      union select e.ticket_id, e.work_item_id, e.words_from, e.id from escalation e where e.ticket_id = any(${[...recordIds]}::uuid[]) and e.ended_at is null
      union select e.work_item_id, e.ticket_id, e.words_from, e.id from escalation e where e.work_item_id = any(${[...recordIds]}::uuid[]) and e.ended_at is null
    ), copied as (
      select m.record_id as home, x.element_id from mirror m join mirror_element x on x.mirror_id = m.id and x.origin = 'hub'
      where m.record_id = any(${[...recordIds]}::uuid[])
    )`
  const leftOut = isWithheld(sql`h.bond`, sql`a.id`)
  const isElsewhere = (table: 'm' | 'n' | 'a') =>
    sql`not exists (select 1 from home h where h.id = k.home and h.source = ${sql.ref(`${table}.record_id`)} and (h.since is null or ${sql.ref(`${table}.at`)} >= h.since)
      ${table === 'a' ? sql`and not ${leftOut}` : sql``})`
  const comments = await sql<HubComment & { home: string }>`
    with ${homes}
    select h.id as home, m.id, m.audience, m.author, m.body, m.at, m.deleted_at is not null as deleted from home h join message m on m.record_id = h.source and (h.since is null or m.at >= h.since)
    union all
    select h.id, n.id, n.audience, n.author, n.body, n.at, n.deleted_at is not null from home h join note n on n.record_id = h.source and (h.since is null or n.at >= h.since)
    union all
    select k.home, m.id, m.audience, m.author, m.body, m.at, m.deleted_at is not null from copied k join message m on m.id = k.element_id where ${isElsewhere('m')}
    union all
    select k.home, n.id, n.audience, n.author, n.body, n.at, n.deleted_at is not null from copied k join note n on n.id = k.element_id where ${isElsewhere('n')}
    order by at, id`.execute(db)
  const attachments = await sql<HubAttachment & { home: string }>`
    with ${homes}
    select h.id as home, a.id, a.audience, a.name, a.media_type as "mediaType", a.size, a.sha256, a.state
    from home h join attachment a on a.record_id = h.source and (h.since is null or a.at >= h.since) and not ${leftOut}
    union all
    select k.home, a.id, a.audience, a.name, a.media_type, a.size, a.sha256, a.state
    from copied k join attachment a on a.id = k.element_id where ${isElsewhere('a')}
    order by id`.execute(db)
  const commentsBy = Map.groupBy(comments.rows, (row) => row.home)
  const attachmentsBy = Map.groupBy(attachments.rows, (row) => row.home)
  return new Map(
    recordIds.map((id) => [
      id,
      { comments: commentsBy.get(id) ?? [], attachments: attachmentsBy.get(id) ?? [] },
    ]),
  )
}
