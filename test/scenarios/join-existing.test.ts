import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { JoinRequest } from '../../src/api/deps.ts'
import { adoptItem } from '../../src/commands/adopt-item.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { joinConnections } from '../../src/start/join-connections.ts'
import { LANES } from '../../src/store/dirty.ts'
import { claimMirrors, insertMirror } from '../../src/store/mirrors.ts'
import type { JoinProgress } from '../../src/sync/match-items.ts'
import type { Snapshot } from '../../src/sync/snapshot.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { violations } from '../support/never.ts'
import { buildRoad, DESK_MAPPING, type Road } from '../support/road.ts'

/** Tickets and defects that people kept in step by hand for years, and now join. */
let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())
beforeEach(async () => {
  road = await buildRoad({ db: test.db, seed: 31 })
  await road.converge(3)
})
afterEach(() => road.close())

const PAIRS = 12

const makePairs = () =>
  Array.from({ length: PAIRS }, (_, at) => {
    const ticket = road.desk.humanCreate({ container: 'support', fields: { title: `Kept by hand ${at}` } })
    const defect = road.tracker.humanCreate({
      container: 'ENG',
      fields: { title: `Kept by hand ${at}, the defect`, 'cf:Ticket links': ticket.key },
    })
    return { ticket, defect }
  })

const listed = (item: { readonly id: string; readonly key: string }): Snapshot => ({
  ref: { id: item.id },
  kind: 'item',
  key: item.key,
  url: `https://desk.example/${item.key}`,
  container: 'support',
  fields: { title: 'Kept by hand' },
  statusCategory: null,
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

const byKey = async (apply: boolean, write = true): Promise<JoinRequest> => ({
  connection: await keyOf(road.ids.tracker),
  by: 'key',
  field: 'cf:Ticket links',
  apply,
  write,
  actor: SYSTEM,
})
const keyOf = async (id: string): Promise<string> =>
  (await road.db.selectFrom('connection').select('key').where('id', '=', id).executeTakeFirstOrThrow()).key

const join = async (
  request: JoinRequest,
  watch = { onProgress: (_: JoinProgress): void => {}, signal: new AbortController().signal },
) => {
  const found = await joinConnections(
    road.deps.runner as typeof road.deps.runner & { signal: typeof road.signal },
    request,
    { masterKey: road.deps.masterKey, clock: road.clock, allowPrivate: [] },
    watch,
  )
  if (!found.ok) throw new Error(found.error.detail)
  return found.value
}
const escalations = async (): Promise<number> =>
  (await road.db.selectFrom('escalation').select('id').execute()).length

it('shows the pairs first and changes nothing, then joins each once, however often it is asked', async () => {
  makePairs()
  const seen = await join(await byKey(false))
  expect([seen.pairs.length, seen.joined, await escalations()]).toEqual([PAIRS, null, 0])
  expect((await join(await byKey(true))).joined).toEqual({ new: PAIRS, already: 0, failed: [] })
  expect((await join(await byKey(true))).joined).toEqual({ new: 0, already: PAIRS, failed: [] })
  expect(await escalations()).toBe(PAIRS)
})

it('shows each ticket its defect afterwards, and makes nothing in either tool', async () => {
  const pairs = makePairs()
  const before = [road.desk.items().length, road.tracker.items().length]
  await join(await byKey(true))
  await road.converge(10)
  for (const { ticket, defect } of pairs)
    expect(road.desk.item(ticket.id)?.fields['cf:Engineering key']).toBe(defect.key)
  expect([road.desk.items().length, road.tracker.items().length]).toEqual(before)
  expect(await violations(road, { atRest: true })).toEqual([])
})

it('makes one ticket of an item that a worker is taking in at the same moment', async () => {
  const [pair] = makePairs()
  if (pair === undefined) throw new Error('no pairs')
  const now = road.clock.now()
  await road.db.transaction().execute((tx) =>
    insertMirror(tx, {
      id: road.deps.runner.newId(),
      connectionId: road.ids.desk,
      kind: 'ticket',
      recordId: null,
      container: 'support',
      remoteId: pair.ticket.id,
      state: 'candidate',
      lane: LANES.backfill,
      why: 'new there',
      now,
    }),
  )
  const [taken] = await claimMirrors(road.db, {
    connectionId: road.ids.desk,
    limit: 1,
    worstLane: LANES.backfill,
    now,
  })
  if (taken === undefined) throw new Error('nothing was claimed')
  expect((await join(await byKey(true))).joined).toEqual({ new: PAIRS, already: 0, failed: [] })
  const adopted = await road.db
    .transaction()
    .execute((tx) =>
      adoptItem(
        tx,
        { newId: road.deps.runner.newId, now, actor: SYSTEM, cause: 'adopted', lane: LANES.backfill },
        { mirror: taken, shown: listed(pair.ticket), mapping: DESK_MAPPING, format: 'html' },
      ),
    )
  const tickets = await road.db.selectFrom('ticket').select('id').execute()
  expect([adopted, tickets.length]).toEqual(['lost', PAIRS])
})

it('tells how far it is, and stops when whoever asked goes away; what is joined by then is joined', async () => {
  makePairs()
  const gone = new AbortController()
  const told: JoinProgress[] = []
  const onProgress = (progress: JoinProgress): void => {
    told.push(progress)
    if (progress.step === 'joining' && progress.done === 5) gone.abort()
  }
  await expect(join(await byKey(true), { onProgress, signal: gone.signal })).rejects.toThrow('aborted')
  expect(new Set(told.map(({ step }) => step))).toEqual(
    new Set(['reading the desk', 'reading the tracker', 'joining']),
  )
  expect(told.at(-1)).toEqual({ step: 'joining', done: 5, total: PAIRS })
  expect(await escalations()).toBe(5)
  expect((await join(await byKey(true))).joined).toEqual({ new: PAIRS - 5, already: 5, failed: [] })
})

it('asks for a page again that did not come, because thousands of items are not read anew for one slow answer', async () => {
  makePairs()
  road.desk.faults.queue('serverError', { op: 'list', times: 1 })
  road.tracker.faults.queue('down', { op: 'list', times: 1 })
  expect((await join(await byKey(true))).joined).toEqual({ new: PAIRS, already: 0, failed: [] })
})

it('says at once that a tool refuses us, because asking again changes nothing', async () => {
  makePairs()
  road.desk.faults.queue('auth', { op: 'list', times: 1 })
  await expect(join(await byKey(true))).rejects.toThrow('A tool could not be read')
})

/** What both tools hold, as people see it there. */
const seenThere = (): string =>
  JSON.stringify(
    [road.desk.items(), road.tracker.items()].map((items) =>
      items.map(({ fields, comments }) => ({ fields, comments })),
    ),
  )

const isQuiet = async (): Promise<number> =>
  (await road.db.selectFrom('mirror').select('id').where('quiet', '=', true).execute()).length

it('writes to neither tool unless asked, not even what one side makes known of the other', async () => {
  const pairs = makePairs()
  const [first] = pairs
  if (first === undefined) throw new Error('no pairs')
  // engineering is further than a new item would be: support's side would be told so
  road.tracker.humanEdit(first.defect.id, { status: 'in progress' })
  await road.converge(3)
  const before = seenThere()
  await join(await byKey(true, false))
  await road.converge(10)
  expect(seenThere()).toBe(before)
  expect([await escalations(), await isQuiet()]).toEqual([PAIRS, 0])
  expect(await violations(road, { atRest: false })).toEqual([])
})

it('ends the quiet of a pair with its last look, because what changes a moment later is to cross', async () => {
  const [first] = makePairs()
  if (first === undefined) throw new Error('no pairs')
  await join(await byKey(true, false))
  const joinedAt = road.clock.now()
  await road.worker.runOnce()
  expect([await isQuiet(), road.clock.now()]).toEqual([0, joinedAt])
  road.tracker.humanEdit(first.defect.id, { status: 'in progress' })
  await road.converge(10)
  expect(road.desk.item(first.ticket.id)?.fields['cf:Engineering status']).toBeTruthy()
})

it('crosses what changes after a quiet join, and a new mapping writes nothing that was left as it was', async () => {
  const pairs = makePairs()
  const [first, second] = pairs
  if (first === undefined || second === undefined) throw new Error('no pairs')
  await join(await byKey(true, false))
  await road.converge(10)
  const before = road.desk.item(second.ticket.id)?.fields
  road.tracker.humanEdit(first.defect.id, { status: 'in progress' })
  await road.db.updateTable('connection').set({ mapping_version: 2 }).execute()
  await road.db
    .insertInto('mapping')
    .columns(['connection_id', 'version', 'document', 'made_at', 'made_by'])
    .expression((eb) =>
      eb
        .selectFrom('mapping')
        .select(({ val }) => ['connection_id', val(2).as('version'), 'document', 'made_at', 'made_by'])
        .where('version', '=', 1),
    )
    .execute()
  await road.db
    .updateTable('mirror')
    .set((is) => ({ dirty_seq: is('dirty_seq', '+', 1) }))
    .execute()
  await road.converge(10)
  expect(road.desk.item(first.ticket.id)?.fields['cf:Engineering status']).toBeTruthy()
  expect(road.desk.item(second.ticket.id)?.fields).toEqual(before)
})

it('writes what a quiet join left as it was, when it is asked for after all', async () => {
  const pairs = makePairs()
  await join(await byKey(true, false))
  await road.converge(10)
  expect((await join(await byKey(true, true))).joined).toEqual({ new: 0, already: PAIRS, failed: [] })
  await road.converge(10)
  for (const { ticket, defect } of pairs)
    expect(road.desk.item(ticket.id)?.fields['cf:Engineering key']).toBe(defect.key)
  expect(await violations(road, { atRest: true })).toEqual([])
})

it('takes pairs from a list of keys that another product exported, and says which of them are not there', async () => {
  const pairs = makePairs()
  const [first, second] = pairs
  if (first === undefined || second === undefined) throw new Error('no pairs')
  const seen = await join({
    ...(await byKey(false)),
    by: 'list',
    pairs: [
      { desk: first.ticket.key, tracker: first.defect.key },
      { desk: second.ticket.key, tracker: 'ENG-9999' },
      { desk: 'nobody', tracker: second.defect.key },
    ],
  })
  expect(seen.pairs.map((pair) => [pair.desk.key, pair.tracker.key, pair.confidence])).toEqual([
    [first.ticket.key, first.defect.key, 1],
  ])
  expect(seen.unclear.map(({ reason }) => reason)).toEqual([
    'It is to go with ENG-9999, which is not there.',
    'The list names it, and the desk does not have it.',
  ])
})
