import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { SYSTEM } from '../domain/actor.ts'
import { EMPTY_BASE } from '../sync/mirror-base.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { type PlainRound, recordPlainRounds } from './plain-rounds.ts'

const CONNECTION = '00000000-0000-4000-8000-000000000001'
const [FIRST, SECOND] = [
  '00000000-0000-4000-8000-00000000000a',
  '00000000-0000-4000-8000-00000000000b',
] as const
const NOW = new Date('2026-03-02T09:00:00Z')
let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase({ max: 2 })
  await database.db
    .insertInto('connection')
    .values({
      id: CONNECTION,
      key: 'desk',
      kind: 'demo-desk',
      party: 'desk',
      title: 'Desk',
      state: 'active',
      settings: '{}',
      poll_every_s: 60,
      sweep_every_s: 900,
      mapping_version: 2,
      created_at: NOW,
      updated_at: NOW,
    })
    .execute()
})
afterAll(() => database.close())

beforeEach(async () => {
  await sql`truncate mirror cascade`.execute(database.db)
  await sql`truncate event`.execute(database.db)
  for (const [at, id] of [FIRST, SECOND].entries())
    await sql`
      insert into mirror (id, connection_id, record_kind, remote_id, state, dirty_lane, dirty_at, dirty_why, dirty_seq, fence, lease_until, created_at)
      values (${id}, ${CONNECTION}, 'ticket', ${`old-${at}`}, 'live', 1, ${NOW}, 'test', 5, 3, ${NOW}, ${NOW})`.execute(
      database.db,
    )
})

const shown = (id: string): Snapshot => ({
  ref: { id },
  kind: 'item',
  key: `D-${id}`,
  url: `https://desk.example/${id}`,
  container: 'support',
  fields: { title: 'Printer' },
  statusCategory: 'open',
  nextStatuses: null,
  comments: null,
  attachments: null,
  links: null,
  people: [],
  createdAt: null,
  updatedAt: null,
  version: null,
  createdByUs: false,
})

const round = (id: string, change: Partial<PlainRound> = {}): PlainRound => ({
  mirror: { id, fence: 3, connection_id: CONNECTION, dirty_seq: 5 },
  clean: true,
  base: {
    ...EMPTY_BASE,
    fields: { 'title~title': { hub: 'Printer', tool: 'Printer', by: 'both', at: NOW.toISOString() } },
  },
  snapshot: shown(id),
  mappingVersion: 2,
  writes: null,
  attempts: [],
  ends: [],
  actor: SYSTEM,
  cause: 'reconcile',
  events: [],
  now: NOW,
  ...change,
})

const stored = (id: string) =>
  database.db.selectFrom('mirror').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

it('records many in one statement: base, snapshot and a clean mirror whose lease is given back', async () => {
  expect(await recordPlainRounds(database.db, [round(FIRST), round(SECOND)])).toEqual([true, true])
  for (const id of [FIRST, SECOND]) {
    const mirror = await stored(id)
    expect(mirror).toMatchObject({
      clean_seq: 5,
      lease_until: null,
      remote_id: id,
      remote_key: `D-${id}`,
      container: 'support',
      mapping_version: 2,
    })
    expect(mirror.base).toMatchObject({ fields: { 'title~title': { hub: 'Printer' } } })
  }
})

it('leaves a mirror dirty that was looked at by a mapping which does not count any more', async () => {
  expect(await recordPlainRounds(database.db, [round(FIRST, { mappingVersion: 1 }), round(SECOND)])).toEqual([
    true,
    true,
  ])
  expect([(await stored(FIRST)).clean_seq, (await stored(SECOND)).clean_seq]).toEqual([0, 5])
  expect((await stored(FIRST)).lease_until, 'anybody may look again').toBeNull()
})

it('writes nothing of a mirror that another worker has by now, and all of the others', async () => {
  const event = {
    id: '00000000-0000-4000-8000-0000000000e1',
    kind: 'mirror.synced',
    record: null,
    data: {},
  } as const
  const lost = round(FIRST, {
    mirror: { id: FIRST, fence: 2, connection_id: CONNECTION, dirty_seq: 5 },
    events: [event],
  })
  expect(await recordPlainRounds(database.db, [lost, round(SECOND)])).toEqual([false, true])
  expect((await stored(FIRST)).clean_seq).toBe(0)
  expect(await database.db.selectFrom('event').selectAll().execute()).toEqual([])
})

it('leaves a mirror alone that has a hold, because a hold is closed with a word in the log', async () => {
  await sql`insert into hold (mirror_id, field, code, reason, next_step, since) values (${FIRST}, 'title~title', 'refused-here', 'no', 'do', ${NOW})`.execute(
    database.db,
  )
  expect(await recordPlainRounds(database.db, [round(FIRST), round(SECOND)])).toEqual([false, true])
})

it('keeps the lease and the dirt while calls follow, with an intent for each, and closes them with the receipts', async () => {
  const id = '00000000-0000-4000-8000-0000000000c1'
  const planned = {
    operation: { op: 'update', ref: { id: FIRST }, fields: { title: 'Printer' }, version: null },
    fields: [],
    status: null,
    element: null,
    link: null,
  } as const
  await recordPlainRounds(database.db, [round(FIRST, { clean: false, attempts: [{ id, planned }] })])
  expect(await stored(FIRST)).toMatchObject({ clean_seq: 0, lease_until: NOW })
  const attempt = () =>
    database.db.selectFrom('attempt').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(await attempt()).toMatchObject({ state: 'sending', fence: 3, ended_at: null })
  await recordPlainRounds(database.db, [
    round(FIRST, { ends: [{ id, state: 'done', receipt: null, fault: null }] }),
  ])
  expect(await attempt()).toMatchObject({ state: 'done', ended_at: NOW })
  expect((await stored(FIRST)).clean_seq).toBe(5)
})

it('forgets what a listing showed once the item shows a later time, because the next sweep would call our own write missed', async () => {
  const at = (updatedAt: string) => round(FIRST, { snapshot: { ...shown(FIRST), updatedAt } })
  await recordPlainRounds(database.db, [at('2026-03-02T08:00:00Z')])
  await database.db.updateTable('mirror').set({ listed_hash: 'as listed' }).where('id', '=', FIRST).execute()
  await recordPlainRounds(database.db, [at('2026-03-02T08:00:00Z')])
  expect((await stored(FIRST)).listed_hash).toBe('as listed')
  await recordPlainRounds(database.db, [at('2026-03-02T08:59:00Z')])
  expect((await stored(FIRST)).listed_hash).toBeNull()
})
