import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { isId } from '../../lib/ids.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'

/** What the log is asked for; nothing given: all of it. */
export interface AuditFilter {
  /** Id of a person, contact, token or connection; `system`. */
  readonly actor?: string
  /** Nouns of kinds: `ticket`, `account`. */
  readonly nouns?: readonly string[]
  /** Id, key of a ticket or work item, or the address of a person. */
  readonly record?: string
  readonly from?: Date
  readonly until?: Date
}

export interface AuditEntry {
  readonly seq: string
  readonly id: string
  readonly at: Date
  readonly actor: Actor
  readonly kind: string
  readonly record_kind: string | null
  readonly record_id: string | null
  /** As it is called now; null: it is gone, or has no name. */
  readonly called: { readonly key: string | null; readonly name: string | null } | null
  readonly connection: { readonly key: string; readonly name: string } | null
  readonly address: string | null
  readonly data: Readonly<Record<string, unknown>>
}

/** The latest first; one question for a page with all its names. */
export const auditLog = async (
  db: Database,
  filter: AuditFilter,
  page: PageRequest,
): Promise<Result<Page<AuditEntry>, Refusal>> => {
  const place = readPlace(page.after, 'number')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const wanted = conditionsOf(filter, place.value?.at ?? null)
  const rows = await sql<AuditEntry>`
    with recursive ${kindsOf(filter)} page as (${pageRows(filter, wanted, limit + 1)})
    select e.seq::text as seq, e.id, e.at, e.actor, e.kind, e.record_kind, e.record_id, e.address, e.data, ${CALLED} as called,
      (select jsonb_build_object('key', n.key, 'name', n.title) from connection n where n.id = e.connection_id) as connection
    from page e order by e.seq desc`.execute(db)
  return ok(pageOf(rows.rows, limit, (row) => ({ at: row.seq, id: row.id })))
}

/** Every kind there is, found by skipping through the index of kinds rather than by reading the log. */
const kindsOf = ({ nouns }: AuditFilter): RawBuilder<unknown> =>
  nouns === undefined
    ? sql``
    : sql`kinds(kind) as (
        (select kind from event order by kind limit 1)
        union all
        select (select e.kind from event e where e.kind > k.kind order by e.kind limit 1) from kinds k where k.kind is not null
      ),`

/** Of some nouns: the latest of each kind, and of those the latest; so that a rare kind is not looked for in all of the log. */
const pageRows = ({ nouns }: AuditFilter, wanted: RawBuilder<unknown>, limit: number): RawBuilder<unknown> =>
  nouns === undefined
    ? sql`select e.* from event e where ${wanted} order by e.seq desc limit ${limit}`
    : sql`select e.* from (select kind from kinds where kind is not null and split_part(kind, '.', 1) = any(${[...nouns]}::text[])) k
        cross join lateral (select * from event e where e.kind = k.kind and ${wanted} order by e.seq desc limit ${limit}) e
        order by e.seq desc limit ${limit}`

const conditionsOf = (filter: AuditFilter, before: string | null): RawBuilder<unknown> => {
  const { actor, record, from, until } = filter
  const all = [
    ...(before === null ? [] : [sql`e.seq < ${before}::bigint`]),
    ...(actor === undefined ? [] : [sql`e.actor->>'id' = ${actor}`]),
    ...(record === undefined ? [] : [sql`e.record_id = any(array(${idsOf(record)}))`]),
    ...(from === undefined ? [] : [sql`e.at >= ${from}::timestamptz`]),
    ...(until === undefined ? [] : [sql`e.at < ${until}::timestamptz`]),
  ]
  return all.length === 0 ? sql`true` : sql.join(all, sql` and `)
}

/** A ticket or work item with its bonds; a person or contact with what belongs to signing in. */
const idsOf = (ref: string): RawBuilder<unknown> =>
  isId(ref)
    ? sql`select ${ref}::uuid union all select id from account where person_id = ${ref}::uuid or contact_id = ${ref}::uuid
        union all select id from escalation where ticket_id = ${ref}::uuid or work_item_id = ${ref}::uuid`
    : sql`select id from ticket where key = ${ref.toUpperCase()}
        union all select id from work_item where key = ${ref.toUpperCase()}
        union all select e.id from escalation e join ticket t on t.id = e.ticket_id where t.key = ${ref.toUpperCase()}
        union all select e.id from escalation e join work_item w on w.id = e.work_item_id where w.key = ${ref.toUpperCase()}
        union all select id from person where lower(email) = lower(${ref})
        union all select id from contact where lower(email) = lower(${ref})
        union all select a.id from account a left join person p on p.id = a.person_id left join contact c on c.id = a.contact_id
          where lower(coalesce(p.email, c.email)) = lower(${ref})`

const named = (table: string, key: string | null, name: string): RawBuilder<unknown> =>
  sql`(select jsonb_build_object('key', ${key === null ? sql`null` : sql.ref(`x.${key}`)}, 'name', ${sql.ref(`x.${name}`)})
    from ${sql.table(table)} x where x.id = e.record_id)`

/** Only the one that fits is looked up. */
const CALLED = sql`case e.record_kind
  when 'ticket' then ${named('ticket', 'key', 'title')}
  when 'work item' then ${named('work_item', 'key', 'title')}
  when 'escalation' then (select jsonb_build_object('key', t.key, 'name', t.title) from escalation x join ticket t on t.id = x.ticket_id where x.id = e.record_id)
  when 'release' then ${named('release', null, 'name')}
  when 'person' then ${named('person', 'email', 'name')}
  when 'contact' then ${named('contact', 'email', 'name')}
  when 'customer' then ${named('customer', 'key', 'name')}
  when 'team' then ${named('team', 'key', 'name')}
  when 'product' then ${named('product', 'key', 'name')}
  when 'component' then ${named('component', 'key', 'name')}
  when 'environment' then ${named('environment', 'key', 'name')}
  when 'booking' then ${named('booking', null, 'purpose')}
  when 'notice' then (select jsonb_build_object('key', null, 'name', coalesce(q.name, c.name, r.name) || ' · ' || r.name)
    from notice x join release r on r.id = x.release_id left join contact q on q.id = x.contact_id left join customer c on c.id = x.customer_id
    where x.id = e.record_id)
  when 'change' then ${named('change', 'key', 'title')}
  when 'change model' then ${named('change_model', null, 'name')}
  when 'flag flip' then ${named('flag_flip', null, 'flag')}
  when 'freeze' then ${named('change_freeze', null, 'reason')}
  when 'token' then ${named('token', null, 'name')}
  when 'partner' then ${named('partner', null, 'name')}
  when 'connection' then ${named('connection', 'key', 'title')}
  when 'installation' then (select jsonb_build_object('key', null, 'name', c.name || ' · ' || p.name || ' · ' || x.environment)
    from installation x join customer c on c.id = x.customer_id join product p on p.id = x.product_id where x.id = e.record_id)
  when 'account' then (select jsonb_build_object('key', coalesce(p.email, c.email), 'name', coalesce(p.name, c.name))
    from account x left join person p on p.id = x.person_id left join contact c on c.id = x.contact_id where x.id = e.record_id)
  end`
