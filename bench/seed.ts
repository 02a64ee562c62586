import { sql } from 'kysely'
import type { Database } from '../src/store/database.ts'
import { migrate } from '../src/store/migrate.ts'
import { masterKeyFrom, saveSecret } from '../src/store/secrets.ts'
import type { Mapping } from '../src/sync/mapping.ts'
import { DESCRIPTION, HOOK_SECRET } from './tools/desk-event.ts'
import type { Tools } from './tools/tools.ts'

/**
 * The hub before a measurement: tickets that live in two tools at once. What changes in the source's item goes through
 * our record to the target's item: one webhook, two reconciles, one write.
 */
export const MASTER_KEY = new Uint8Array(32).fill(7)
export const SOURCE_ID = '00000000-0000-4000-8000-000000000001'
export const TARGET_ID = '00000000-0000-4000-8000-000000000002'
const AUTHOR = { kind: 'system', id: 'system', name: 'Causeway' }

const declarationOf = (tool: string, baseUrl: string) => ({
  tool,
  baseUrl,
  auth: { type: 'bearer' },
  richText: 'markdown',
  container: 'MAIN',
  accountId: 'u-bot',
  item: {
    id: 'id',
    key: 'key',
    url: 'url',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
    version: 'version',
    createdBy: 'author.id',
    fields: {
      title: 'title',
      description: 'description',
      status: 'state',
      priority: 'priority',
      labels: 'labels',
    },
  },
  list: {
    path: '/issues',
    items: 'issues',
    page: { type: 'page', query: 'page', sizeQuery: 'per_page', size: 100 },
  },
  since: { query: 'updated_since', format: 'iso', ascending: true, overlap: 5 },
  get: { path: '/issues/{id}' },
  patch: { path: '/issues/{id}', returnsItem: true },
  comments: {
    list: { path: '/issues/{id}/comments', items: 'comments' },
    count: 'comments_count',
    id: 'id',
    text: 'body',
    at: 'created_at',
    visibility: { read: 'internal', write: 'internal', public: false, internal: true },
    textField: 'body',
    add: { path: '/issues/{id}/comments' },
  },
  statuses: { open: 'open' },
  webhook: {
    scheme: 'hmac-sha256',
    header: 'X-Hub-Signature-256',
    prefix: 'sha256=',
    ids: ['ticket.id'],
    deliveryHeader: 'X-Delivery-Id',
  },
  // the most a declaration may allow itself
  ratePerSecond: 1_000,
})

const MAPPING: Mapping = {
  record: 'ticket',
  containers: ['MAIN'],
  types: [],
  adopt: true,
  fields: [
    { hub: 'title', tool: 'title', direction: 'both', conflict: 'tool wins' },
    { hub: 'description', tool: 'description', direction: 'both', conflict: 'tool wins' },
  ],
  status: { owner: 'tool', toHub: { open: 'open' }, toTool: [] },
  comments: { public: 'everyone', internal: 'staff', sendPublic: ['everyone'] },
  attachments: null,
  people: {},
  products: {},
  components: {},
  releases: false,
  onCreate: {},
}

/** Both connections and the first pair of items, not yet compared. */
export const seedFirst = async (db: Database, tools: Tools): Promise<void> => {
  await migrate(db)
  const at = new Date()
  const hour = new Date(at.getTime() + 3_600_000)
  const connection = (id: string, key: string, url: string) => ({
    id,
    key,
    kind: 'rest',
    party: 'desk' as const,
    title: key,
    state: 'active' as const,
    settings: JSON.stringify({ declaration: declarationOf(key, url) }),
    mapping_version: 1,
    // no listing comes in between, unless it is what is measured
    poll_every_s: 3_600,
    sweep_every_s: 86_400,
    next_poll_at: hour,
    next_sweep_at: hour,
    created_at: at,
    updated_at: at,
  })
  const all = [
    connection(SOURCE_ID, 'source', tools.sourceUrl),
    connection(TARGET_ID, 'target', tools.targetUrl),
  ]
  await db.insertInto('connection').values(all).execute()
  const mapping = {
    version: 1,
    document: JSON.stringify(MAPPING),
    made_at: at,
    made_by: JSON.stringify(AUTHOR),
  }
  await db
    .insertInto('mapping')
    .values(all.map(({ id }) => ({ connection_id: id, ...mapping })))
    .execute()
  await db.transaction().execute(async (tx) => {
    for (const { id } of all)
      for (const [field, text] of [
        ['secret', 'bench-token'],
        ['webhookSecret', HOOK_SECRET],
      ] as const)
        await saveSecret(
          tx,
          masterKeyFrom(MASTER_KEY),
          { connectionId: id, field, origin: new URL(tools.sourceUrl).origin },
          text,
          at,
        )
  })
  await insertTickets(db, 0, 1)
  for (const [id, first] of [
    [SOURCE_ID, 'tool'],
    [TARGET_ID, 'hub'],
  ] as const)
    await sql`
      insert into mirror (id, connection_id, record_kind, record_id, container, remote_id, state, base, dirty_lane, dirty_at, dirty_why, created_at)
      values (gen_random_uuid(), ${id}, 'ticket', ${ticketId(0)}, 'MAIN', '0', 'live', ${JSON.stringify({ first })}::jsonb, 3, ${at}, 'seed', ${at})`.execute(
      db,
    )
}

const ticketId = (item: number): string => `00000000-0000-4000-9000-${String(item).padStart(12, '0')}`

const insertTickets = async (db: Database, from: number, to: number): Promise<void> => {
  const description = JSON.stringify({
    type: 'root',
    children: [{ type: 'paragraph', children: [{ type: 'text', value: DESCRIPTION }] }],
  })
  await sql`
    insert into ticket (id, number, key, kind, state, title, description, impact, urgency, created_at, updated_at)
    select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, n + 1, 'T-' || (n + 1), 'incident', 'open',
      '[[i' || n || ':s0]] Badge printer on floor 3 does not print', ${description}::jsonb, 2, 2, now(), now()
    from generate_series(${from}::int, ${to - 1}::int) as n`.execute(db)
}

/** True when the first pair was compared by our own program: its base is then the pattern of all others. */
export const firstAgreed = async (db: Database): Promise<boolean> => {
  const row = await sql<{
    n: number
  }>`select count(*)::int as n from mirror where agreed_at is not null and dirty_seq = clean_seq`.execute(db)
  return row.rows[0]?.n === 2
}

/** `items` pairs in step, made after the first: what our program wrote for it, with the other item's number. */
export const seedRest = async (db: Database, items: number): Promise<void> => {
  await insertTickets(db, 1, items)
  await sql`
    insert into mirror (id, connection_id, record_kind, record_id, container, remote_id, remote_key, remote_url, state, base, snapshot,
      mapping_version, dirty_seq, clean_seq, dirty_lane, dirty_at, dirty_why, agreed_at, created_at)
    select gen_random_uuid(), m.connection_id, 'ticket', ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, m.container, n::text,
      replace(m.remote_key, '-0', '-' || n), replace(m.remote_url, '/0', '/' || n), 'live', replace(m.base::text, '[[i0:', '[[i' || n || ':')::jsonb,
      replace(replace(m.snapshot::text, '[[i0:', '[[i' || n || ':'), '"ref": {"id": "0"}', '"ref": {"id": "' || n || '"}')::jsonb,
      m.mapping_version, 1, 1, m.dirty_lane, m.dirty_at, m.dirty_why, m.agreed_at, m.created_at
    from mirror m cross join generate_series(1, ${items - 1}::int) as n`.execute(db)
  await sql`analyze`.execute(db)
}

/** Mirrors that wait for a reconcile. */
export const dirtyCount = async (db: Database): Promise<number> => {
  const row = await sql<{ n: number }>`
    select (select count(*) from mirror where dirty_seq > clean_seq)::int + (select count(*) from hint)::int as n`.execute(
    db,
  )
  return row.rows[0]?.n ?? 0
}
