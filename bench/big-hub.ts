import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../src/store/database.ts'
import {
  COMPANIES,
  FIRST_NAMES,
  LAST_NAMES,
  PLACES,
  SENTENCES,
  SYMPTOMS,
  THINGS,
  TRADES,
} from './big-hub-words.ts'

/**
 * A hub as a large organisation has it after two years, made by the database itself. The same sizes give the same hub:
 * every choice is a hash of the row's number. Customers are skewed (few write most), most tickets are closed, one in
 * five went to engineering.
 */
export interface HubSizes {
  readonly tickets: number
  readonly workItems: number
  readonly comments: number
}

export const BIG_HUB: HubSizes = { tickets: 100_000, workItems: 20_000, comments: 1_000_000 }

const SPAN_DAYS = 730
const PRODUCTS = 12
const COMPONENTS = 72
const RELEASES = 120
const TEAMS = 9
const PEOPLE = 160
const BATCH = 50_000
/** Different texts; the same is said more than once, as people do. */
const BODIES = 20_000

/** Into a migrated, empty database. Large indexes are made again at the end: that is many times faster. */
export const fillBigHub = async (
  db: Database,
  sizes: HubSizes = BIG_HUB,
  say: (line: string) => void = () => {},
): Promise<void> =>
  db.connection().execute(async (one) => {
    const run = async (what: string, statement: RawBuilder<unknown>): Promise<void> => {
      say(what)
      await statement.execute(one as Database)
    }
    await run('helpers', sql.raw(HELPERS))
    const indexes = await wordIndexes(one as Database)
    for (const { name } of indexes) await sql`drop index ${sql.id(name)}`.execute(one)
    await sql`set session_replication_role = replica`.execute(one).catch(() => {})
    const customers = Math.max(20, Math.round(sizes.tickets / 125))
    await run('organisation', sql.raw(organisation(customers)))
    for (const [name, rows, statement] of [
      ['work items', sizes.workItems, (from: number, to: number) => workItems(from, to, sizes.workItems)],
      ['tickets', sizes.tickets, (from: number, to: number) => tickets(from, to, sizes.tickets, customers)],
      [
        'escalations',
        sizes.tickets,
        (from: number, to: number) => escalations(from, to, sizes.tickets, sizes.workItems),
      ],
      ['comments', sizes.comments, (from: number, to: number) => comments(from, to, sizes)],
      ['events', sizes.tickets, events],
    ] as const)
      for (let from = 1; from <= rows; from += BATCH)
        await run(`${name} ${from}`, sql.raw(statement(from, Math.min(rows, from + BATCH - 1))))
    await sql`set session_replication_role = default`.execute(one).catch(() => {})
    await run(
      'numbers',
      sql`select setval('ticket_number', ${sizes.tickets}), setval('work_item_number', ${sizes.workItems})`,
    )
    // what triggers do when it is not filled in bulk
    await run('ranks', sql`update work_item w set severity_rank = severity_rank_behind(w.id, w.severity)`)
    await run('words', sql`select learn_all_words()`)
    for (const { name, made } of indexes) await run(name, sql.raw(made))
    await run('statistics', sql`vacuum (analyze)`)
  })

const wordIndexes = async (db: Database): Promise<readonly { name: string; made: string }[]> =>
  (
    await sql<{ name: string; made: string }>`
      select indexname as name, indexdef as made from pg_indexes
      where schemaname = current_schema() and indexdef like '% USING gin %'`.execute(db)
  ).rows

const list = (words: readonly string[]): string =>
  `array[${words.map((word) => `'${word.replaceAll("'", "''")}'`).join(',')}]`

/** `u`: a number from 0 to 1 for row n; `pick`: one of a list; `id`: of the nth row of a kind. */
const HELPERS = `
create or replace function pg_temp.u(n bigint, salt bigint) returns float8 language sql immutable as
  $$ select (hashint8extended(n, salt) & 1073741823)::float8 / 1073741824 $$;
create or replace function pg_temp.pick(words text[], n bigint, salt bigint) returns text language sql immutable as
  $$ select words[1 + (pg_temp.u(n, salt) * cardinality(words))::int % cardinality(words)] $$;
create or replace function pg_temp.id(kind int, n bigint) returns uuid language sql immutable as
  $$ select ('00000000-000' || kind || '-7000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
create or replace function pg_temp.one_of(kind int, count bigint, n bigint, salt bigint) returns uuid language sql immutable as
  $$ select pg_temp.id(kind, 1 + floor(pg_temp.u(n, salt) * count)::bigint) $$;
create or replace function pg_temp.told(n bigint, salt bigint) returns text language sql immutable as
  $$ select replace(replace(replace(pg_temp.pick(${list(SENTENCES)}, n, salt),
    '{thing}', pg_temp.pick(${list(THINGS)}, n, salt + 1)), '{place}', pg_temp.pick(${list(PLACES)}, n, salt + 2)),
    '{code}', 'E' || (1000 + floor(pg_temp.u(n, salt + 3) * 9000))::int) $$;
create temporary table if not exists words_said (n int primary key, body jsonb not null);
insert into words_said (n, body)
  select n, jsonb_build_object('type', 'root', 'children', jsonb_agg(jsonb_build_object('type', 'paragraph', 'children',
      jsonb_build_array(jsonb_build_object('type', 'text', 'value', pg_temp.told(n, 100 + 10 * s))))))
    from generate_series(0, ${BODIES - 1}) n cross join lateral generate_series(1, 1 + n % 4) s group by n on conflict do nothing;
create or replace function pg_temp.body(n bigint) returns jsonb language sql stable as
  $$ select body from words_said where n = (hashint8extended($1, 70) & 1073741823) % ${BODIES} $$;
create or replace function pg_temp.named(n bigint, salt bigint) returns text language sql immutable as
  $$ select pg_temp.pick(${list(FIRST_NAMES)}, n, salt) || ' ' || pg_temp.pick(${list(LAST_NAMES)}, n, salt + 1) $$;
create or replace function pg_temp.day(n bigint, of bigint) returns timestamptz language sql stable as
  $$ select date_trunc('day', now()) - make_interval(secs => (1 - n::float8 / of) * ${SPAN_DAYS} * 86400) $$;
create or replace function pg_temp.customer(n bigint, of int) returns bigint language sql immutable as
  $$ select 1 + floor(pow(pg_temp.u(n, 31), 3) * of)::bigint $$;
`

const organisation = (customers: number): string => `
insert into team (id, key, name, created_at) select pg_temp.id(1, n), 'team-' || n, 'Team ' || n, now() from generate_series(1, ${TEAMS}) n;
insert into person (id, name, email, roles, created_at)
  select pg_temp.id(2, n), pg_temp.named(n, 1), 'p' || n || '@hub.example',
    array[case when n % 10 < 5 then 'agent' when n % 10 < 9 then 'engineer' else 'lead' end], now()
  from generate_series(1, ${PEOPLE}) n;
insert into team_member (team_id, person_id) select pg_temp.one_of(1, ${TEAMS}, n, 2), pg_temp.id(2, n) from generate_series(1, ${PEOPLE}) n;
insert into customer (id, key, name, tier, created_at)
  select pg_temp.id(3, n), 'C-' || n,
    pg_temp.pick(${list(COMPANIES)}, n, 3) || ' ' || pg_temp.pick(${list(TRADES)}, n, 4) || ' ' || n,
    pg_temp.pick(array['gold', 'silver', 'bronze'], n, 5), now()
  from generate_series(1, ${customers}) n;
insert into contact (id, customer_id, name, email, created_at)
  select pg_temp.id(4, n), pg_temp.id(3, 1 + (n - 1) / 5), pg_temp.named(n, 6), 'c' || n || '@customer.example', now()
  from generate_series(1, ${customers * 5}) n;
insert into product (id, key, name, team_id, created_at)
  select pg_temp.id(5, n), 'product-' || n, initcap((${list(THINGS)})[n * 3]), pg_temp.one_of(1, ${TEAMS}, n, 7), now()
  from generate_series(1, ${PRODUCTS}) n;
insert into component (id, product_id, key, name, team_id, created_at)
  select pg_temp.id(6, n), pg_temp.id(5, 1 + n % ${PRODUCTS}), 'part-' || n, initcap(pg_temp.pick(${list(THINGS)}, n, 8)) || ' ' || n,
    pg_temp.one_of(1, ${TEAMS}, n, 9), now() from generate_series(1, ${COMPONENTS}) n;
insert into release (id, product_id, name, state, planned_from, planned_to, confidence, released_at, created_at, updated_at)
  select pg_temp.id(7, n), pg_temp.id(5, 1 + n % ${PRODUCTS}), (8 + n / ${PRODUCTS * 4}) || '.' || (n / ${PRODUCTS}), case when n <= ${RELEASES - PRODUCTS * 2} then 'released' else 'planned' end,
    current_date + (n - ${RELEASES - PRODUCTS * 2}), current_date + (n - ${RELEASES - PRODUCTS * 2}) + 14, 70,
    case when n <= ${RELEASES - PRODUCTS * 2} then pg_temp.day(n, ${RELEASES - PRODUCTS * 2}) end, now(), now()
  from generate_series(1, ${RELEASES}) n;
insert into installation (id, customer_id, product_id, environment, version, created_at, updated_at)
  select pg_temp.id(8, n), pg_temp.id(3, n), pg_temp.one_of(5, ${PRODUCTS}, n, 11), 'production', '8.' || (n % 5), now(), now()
  from generate_series(1, ${customers}) n;
`

const workItems = (from: number, to: number, of: number): string => `
insert into work_item (id, number, key, kind, state, title, description, steps, expected, actual, severity, priority, team_id,
    assignee_id, product_id, component_id, release_id, status_moved_at, created_at, updated_at)
  select pg_temp.id(9, n), n, 'W-' || n, pg_temp.pick(array['defect', 'defect', 'defect', 'feature', 'task', 'risk'], n, 40),
    case when pg_temp.u(n, 41) < 0.8 then pg_temp.pick(array['done', 'done', 'done', 'declined'], n, 42)
      else pg_temp.pick(array['triage', 'backlog', 'ready', 'started', 'started', 'in review', 'verifying'], n, 43) end,
    initcap(pg_temp.pick(${list(THINGS)}, n, 44)) || ' ' || pg_temp.pick(${list(SYMPTOMS)}, n, 45), pg_temp.body(n),
    pg_temp.told(n, 47), pg_temp.told(n, 48), pg_temp.told(n, 49), pg_temp.pick(array['critical', 'high', 'medium', 'low'], n, 50),
    pg_temp.pick(array['P1', 'P2', 'P3', 'P4'], n, 51), pg_temp.one_of(1, ${TEAMS}, n, 52), pg_temp.one_of(2, ${PEOPLE}, n, 53),
    c.product_id, c.id, pg_temp.one_of(7, ${RELEASES}, n, 55), pg_temp.day(n, ${of}), pg_temp.day(n, ${of}), pg_temp.day(n, ${of})
  from generate_series(${from}, ${to}) n join component c on c.id = pg_temp.one_of(6, ${COMPONENTS}, n, 54);
`

/** Old tickets are over, young ones are in all states. */
const tickets = (from: number, to: number, of: number, customers: number): string => `
insert into ticket (id, number, key, kind, state, needs, waiting_for, title, description, impact, urgency, severity, customer_id, contact_id,
    owner_id, product_id, component_id, release_version, environment, created_at, updated_at, resolved_at, closed_at)
  select pg_temp.id(0, n), n, 'T-' || n, pg_temp.pick(array['incident', 'incident', 'incident', 'question', 'service request', 'enhancement request'], n, 20),
    s.state, case s.state when 'open' then pg_temp.pick(array['needs first response', 'needs next response', 'investigating', 'close the loop'], n, 21) end,
    case s.state when 'waiting' then pg_temp.pick(array['customer', 'change', 'release', 'supplier'], n, 22) end,
    initcap(pg_temp.pick(${list(THINGS)}, n, 23)) || ' ' || pg_temp.pick(${list(SYMPTOMS)}, n, 24) || ' ' || pg_temp.pick(${list(PLACES)}, n, 25),
    pg_temp.body(n), l.level, l.level, pg_temp.pick(array['critical', 'high', 'high', 'medium', 'medium', 'medium', 'low'], n, 28),
    pg_temp.id(3, c.number), pg_temp.id(4, (c.number - 1) * 5 + 1 + floor(pg_temp.u(n, 32) * 5)::int),
    case when pg_temp.u(n, 29) < 0.9 then pg_temp.one_of(2, ${PEOPLE}, n, 30) end,
    m.product_id, m.id, '8.' || (n % 5), 'production', a.at, least(now(), a.at + make_interval(secs => pg_temp.u(n, 33) * 86400 * 5)),
    case when s.state in ('resolved', 'closed') then a.at + interval '2 days' end, case when s.state = 'closed' then a.at + interval '5 days' end
  from generate_series(${from}, ${to}) n
    cross join lateral (select pg_temp.customer(n, ${customers}) as number) c
    cross join lateral (select case when pg_temp.u(n, 34) < 0.5 then 1 + floor(pg_temp.u(n, 27) * 3)::int end as level) l
    cross join lateral (select case when pg_temp.u(n, 26) < 0.88 then pg_temp.pick(array['closed', 'closed', 'closed', 'closed', 'closed', 'cancelled'], n, 35)
      else pg_temp.pick(array['new', 'open', 'open', 'open', 'waiting', 'waiting', 'resolved'], n, 36) end as state) s
    cross join lateral (select pg_temp.day(n, ${of}) as at) a
    join component m on m.id = pg_temp.one_of(6, ${COMPONENTS}, n, 37);
`

const escalations = (from: number, to: number, ticketCount: number, workItemCount: number): string => `
insert into escalation (id, ticket_id, work_item_id, state, sent_by, created_at, sent_at, accepted_at, ended_at, updated_at)
  select pg_temp.id(8, 1000000 + n), t.id, w.id,
    case when t.state in ('closed', 'cancelled') then 'verified' when w.state = 'triage' then 'sent' when w.state = 'done' then 'fixed' else 'accepted' end,
    jsonb_build_object('kind', 'person', 'id', pg_temp.id(2, 1), 'name', pg_temp.named(1, 1)), t.created_at + interval '1 hour',
    t.created_at + interval '1 hour', case when w.state <> 'triage' then t.created_at + interval '5 hours' end,
    case when t.state in ('closed', 'cancelled') then t.updated_at end, t.updated_at
  from generate_series(${from}, ${to}) n join ticket t on t.id = pg_temp.id(0, n)
    join work_item w on w.id = pg_temp.id(9, greatest(1, least(${workItemCount},
      ceil(n::float8 / ${ticketCount} * ${workItemCount})::int - floor(pow(pg_temp.u(n, 60), 2) * 200)::int)))
  where pg_temp.u(n, 61) < 0.2;
`

/** Three of four are public words on tickets; the rest notes on tickets and on work items. */
const comments = (from: number, to: number, sizes: HubSizes): string => `
insert into message (id, record_kind, record_id, author, body, audience, at)
  select pg_temp.id(1, 1000000 + n), 'ticket', t.id, ${author('n')}, pg_temp.body(n), 'everyone', least(now(), t.created_at + make_interval(mins => (n % 7000)::int))
  from generate_series(${from}, ${to}) n join ticket t on t.id = ${commented(0, sizes.tickets, sizes.comments)} where n % 4 <> 3;
insert into note (id, record_kind, record_id, author, body, audience, at)
  select pg_temp.id(2, 1000000 + n), 'ticket', t.id, ${author('n')}, pg_temp.body(n),
    pg_temp.pick(array['staff', 'staff', 'support'], n, 66), least(now(), t.created_at + make_interval(mins => (n % 7000)::int))
  from generate_series(${from}, ${to}) n join ticket t on t.id = ${commented(0, sizes.tickets, sizes.comments)} where n % 8 = 3;
insert into note (id, record_kind, record_id, author, body, audience, at)
  select pg_temp.id(3, 1000000 + n), 'work item', w.id, ${author('n')}, pg_temp.body(n),
    pg_temp.pick(array['staff', 'engineering'], n, 67), least(now(), w.created_at + make_interval(mins => (n % 7000)::int))
  from generate_series(${from}, ${to}) n join work_item w on w.id = ${commented(9, sizes.workItems, sizes.comments)} where n % 8 = 7;
`

/** Comments lie in the order of their records, as they do when a hub grows; a few records have very many. */
const commented = (kind: number, records: number, comments: number): string =>
  `pg_temp.id(${kind}, case when n % 1000 = 3 then 1 else greatest(1, least(${records}, ceil(n::float8 / ${comments} * ${records})::bigint - floor(pg_temp.u(n, 65) * 20)::bigint)) end)`

const author = (n: string): string =>
  `case when ${n} % 3 = 0 then jsonb_build_object('kind', 'contact', 'id', pg_temp.one_of(4, 100, ${n}, 62), 'name', pg_temp.named(${n}, 63))
    else jsonb_build_object('kind', 'person', 'id', pg_temp.one_of(2, ${PEOPLE}, ${n}, 64), 'name', pg_temp.named(${n}, 1)) end`

const events = (from: number, to: number): string => `
insert into event (id, at, actor, kind, record_kind, record_id, data)
  select pg_temp.id(4, 1000000 + n * 3 + k), t.created_at + make_interval(mins => (k * 90)::int), jsonb_build_object('kind', 'person', 'id', pg_temp.id(2, 1), 'name', pg_temp.named(1, 1)),
    (array['ticket.created', 'ticket.taken', 'ticket.resolved'])[k + 1], 'ticket', t.id, jsonb_build_object('key', t.key)
  from generate_series(${from}, ${to}) n join ticket t on t.id = pg_temp.id(0, n) cross join generate_series(0, 2) k;
`
