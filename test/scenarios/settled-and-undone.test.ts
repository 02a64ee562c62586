import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { changeTicket } from '../../src/commands/change-ticket.ts'
import { retryHolds } from '../../src/commands/retry-holds.ts'
import { settleAlike } from '../../src/commands/settle-alike.ts'
import { settleConflict } from '../../src/commands/settle-conflict.ts'
import { undoSync } from '../../src/commands/undo-sync.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { holdCauses } from '../../src/store/views/hold-causes.ts'
import { crossingOfConflict } from '../../src/store/views/last-crossing.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildRoad, type Road } from '../support/road.ts'

/** What an integrator does on the screens of what waits: settle one, settle all alike, take it back, try again. */
let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const ANNA: Actor = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' }

const openConflicts = () =>
  test.db.selectFrom('conflict').selectAll().where('settled_at', 'is', null).orderBy('opened_at').execute()
const ticketOf = async (item: string): Promise<string> =>
  (
    await test.db
      .selectFrom('mirror')
      .select('record_id')
      .where('connection_id', '=', road.ids.desk)
      .where('remote_id', '=', item)
      .executeTakeFirstOrThrow()
  ).record_id ?? ''
const titleHere = async (ticket: string): Promise<string> =>
  (await test.db.selectFrom('ticket').select('title').where('id', '=', ticket).executeTakeFirstOrThrow())
    .title

/** Items whose titles both sides changed since they agreed. */
const conflicting = async (count: number): Promise<readonly { item: string; ticket: string }[]> => {
  road = await buildRoad({
    db: test.db,
    seed: 7,
    deskMapping: { fields: [{ hub: 'title', tool: 'title', direction: 'both', conflict: 'ask' }] },
  })
  await road.converge()
  const items = Array.from(
    { length: count },
    (_, index) => road.desk.humanCreate({ container: 'support', fields: { title: `Agreed ${index}` } }).id,
  )
  await road.converge()
  const pairs = []
  for (const item of items) {
    const ticket = await ticketOf(item)
    road.desk.humanEdit(item, { title: 'Theirs' })
    expect(await road.run(ANNA, changeTicket, { ticket, set: { title: 'Ours' } })).toMatchObject({ ok: true })
    pairs.push({ item, ticket })
  }
  await road.converge()
  expect(await openConflicts()).toHaveLength(count)
  return pairs
}

it('asks again after a settled conflict was undone, with what stood on either side before', async () => {
  const [pair] = await conflicting(1)
  const [conflict] = await openConflicts()
  await road.run(ANNA, settleConflict, { conflict: conflict?.id ?? '', take: 'tool' })
  await road.converge()
  expect(await titleHere(pair?.ticket ?? '')).toBe('Theirs')
  const event = await test.db.transaction().execute((tx) => crossingOfConflict(tx, conflict?.id ?? ''))
  expect(await road.run(ANNA, undoSync, { event: event ?? '' })).toMatchObject({ ok: true })
  await road.converge()
  expect(await titleHere(pair?.ticket ?? '')).toBe('Ours')
  expect(road.desk.item(pair?.item ?? '')?.fields.title).toBe('Theirs')
  expect(await openConflicts()).toMatchObject([{ field: 'title~title', hub: 'Ours', tool: 'Theirs' }])
})

/** One item whose title a person here changed, which was then written to the desk. */
const written = async (): Promise<{ item: string; ticket: string; event: string }> => {
  road = await buildRoad({
    db: test.db,
    seed: 11,
    deskMapping: { fields: [{ hub: 'title', tool: 'title', direction: 'both', conflict: 'hub wins' }] },
  })
  await road.converge()
  const item = road.desk.humanCreate({ container: 'support', fields: { title: 'Before' } }).id
  await road.converge()
  const ticket = await ticketOf(item)
  await road.run(ANNA, changeTicket, { ticket, set: { title: 'After' } })
  await road.converge()
  expect(road.desk.item(item)?.fields.title).toBe('After')
  const { id } = await test.db
    .selectFrom('event')
    .select('id')
    .where('kind', '=', 'mirror.synced')
    .where('record_id', '=', ticket)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { item, ticket, event: id }
}

it('gives a tool its value back there only, asks which side counts, and never writes it again by itself', async () => {
  const { item, ticket, event } = await written()
  expect(await road.run(ANNA, undoSync, { event, dryRun: true })).toMatchObject({
    value: {
      undone: [
        { side: 'there', hub: { now: 'After', after: 'After' }, tool: { now: 'After', after: 'Before' } },
      ],
    },
  })
  expect(await road.run(ANNA, undoSync, { event, sides: 'there' })).toMatchObject({ ok: true })
  await road.converge()
  expect(await titleHere(ticket)).toBe('After')
  expect(road.desk.item(item)?.fields.title).toBe('Before')
  const asked = await openConflicts()
  expect(asked).toMatchObject([{ field: 'title~title', hub: 'After', tool: 'Before' }])
  const writes = road.desk.ledger.length
  for (let look = 0; look < 3; look += 1) {
    await test.db
      .updateTable('mirror')
      .set((is) => ({ dirty_seq: is('dirty_seq', '+', 1) }))
      .execute()
    await road.converge()
  }
  expect(road.desk.ledger.length).toBe(writes)
  expect([await titleHere(ticket), road.desk.item(item)?.fields.title]).toEqual(['After', 'Before'])
  await road.run(ANNA, settleConflict, { conflict: asked[0]?.id ?? '', take: 'hub' })
  await road.converge()
  expect(road.desk.item(item)?.fields.title).toBe('After')
  expect(await openConflicts()).toEqual([])
})

it('lets the value from before count on both sides where the person says so, and asks nothing', async () => {
  const { item, ticket, event } = await written()
  expect(await road.run(ANNA, undoSync, { event, sides: 'both' })).toMatchObject({ ok: true })
  await road.converge()
  expect([await titleHere(ticket), road.desk.item(item)?.fields.title]).toEqual(['Before', 'Before'])
  expect(await openConflicts()).toEqual([])
})

it('takes back no crossing that another one followed, because its value from before is not what stood there', async () => {
  const { item, ticket, event } = await written()
  await road.run(ANNA, changeTicket, { ticket, set: { title: 'Later' } })
  await road.converge()
  expect(await road.run(ANNA, undoSync, { event })).toMatchObject({
    ok: false,
    error: { code: 'wrong-state' },
  })
  expect(road.desk.item(item)?.fields.title).toBe('Later')
})

it('settles all that ask the same with one answer, after it said how many they are', async () => {
  const pairs = await conflicting(3)
  const [first] = await openConflicts()
  const conflict = first?.id ?? ''
  expect(await road.run(ANNA, settleAlike, { conflict, take: 'tool', dryRun: true })).toMatchObject({
    value: { count: 3, settled: [] },
  })
  expect(await openConflicts()).toHaveLength(3)
  const settled = await road.run(ANNA, settleAlike, { conflict, take: 'tool', dryRun: false })
  expect(settled.ok && settled.value.settled).toHaveLength(3)
  await road.converge()
  expect(await openConflicts()).toEqual([])
  for (const { ticket } of pairs) expect(await titleHere(ticket)).toBe('Theirs')
})

it('gathers holds by their cause, and looks at all of them again when somebody says that it is gone', async () => {
  await conflicting(2)
  const mirrors = await test.db
    .selectFrom('mirror')
    .select('id')
    .where('connection_id', '=', road.ids.desk)
    .execute()
  await test.db
    .insertInto('hold')
    .values(
      mirrors.map(({ id }) => ({
        ...{ mirror_id: id, field: 'state~status', code: 'unknown-status', reason: 'Odd is not named.' },
        ...{ next_step: 'Name it.', since: new Date() },
      })),
    )
    .execute()
  const causes = await test.db.transaction().execute((tx) => holdCauses(tx, null))
  expect(causes).toMatchObject([
    { code: 'unknown-status', holds: mirrors.length, reason: 'Odd is not named.' },
  ])
  const [cause] = causes
  if (cause === undefined) throw new Error('there is a cause')
  expect(await road.run(ANNA, retryHolds, cause)).toMatchObject({ value: { mirrors: mirrors.length } })
  await road.converge()
  expect(await test.db.transaction().execute((tx) => holdCauses(tx, null))).toEqual([])
})
