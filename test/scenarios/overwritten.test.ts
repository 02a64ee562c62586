import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { changeTicket, type TicketFields } from '../../src/commands/change-ticket.ts'
import { type SettleConflict, settleConflict } from '../../src/commands/settle-conflict.ts'
import { wakeTicket } from '../../src/commands/wake-ticket.ts'
import { seededRandom } from '../../src/connectors/demo/seeded-random.ts'
import type { DemoItem } from '../../src/connectors/demo/tool/model.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { listConflicts } from '../../src/store/views/open-questions.ts'
import type { ConflictRule, FieldRule } from '../../src/sync/mapping.ts'
import { codecs } from '../../src/sync/rich-text/index.ts'
import type { CrashPoint } from '../../src/worker/deps.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildRoad, type Road } from '../support/road.ts'

/**
 * A person edits a field in the tool between our read and our write. The desk here compares no versions, so our write
 * replaces the edit; it keeps a history, so nothing is lost without a trace.
 */

let test: TestDatabase
let road: Road
let deeds: { readonly at: CrashPoint; readonly deed: () => void }[] = []
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const ANNA: Actor = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' }
const THEIRS = { 'cf:Version': '2.0 theirs' } as const

const rulesWith = (conflict: ConflictRule): readonly FieldRule[] => [
  { hub: 'title', tool: 'title', direction: 'both', conflict },
  { hub: 'description', tool: 'description', direction: 'both', conflict },
]

const build = async (conflict: ConflictRule, seed = 1): Promise<void> => {
  deeds = []
  road = await buildRoad({
    db: test.db,
    seed,
    desk: { traits: { checksVersions: false, tellsOverwritten: true } },
    deskMapping: { fields: rulesWith(conflict) },
    crashPoint: (point) => {
      const next = deeds.findIndex(({ at }) => at === point)
      if (next >= 0) deeds.splice(next, 1)[0]?.deed()
    },
  })
  await road.converge()
}

interface Pair {
  /** Id in the tool. */
  readonly item: string
  /** Id here. */
  readonly ticket: string
}

const begin = async (fields: Readonly<Record<string, string>> = {}): Promise<Pair> => {
  const { id } = road.desk.humanCreate({ container: 'support', fields: { title: 'Agreed', ...fields } })
  await road.converge()
  const mirror = await test.db
    .selectFrom('mirror')
    .select('record_id')
    .where('connection_id', '=', road.ids.desk)
    .where('remote_id', '=', id)
    .executeTakeFirstOrThrow()
  return { item: id, ticket: mirror.record_id ?? '' }
}

/** Once, right before our next call. */
const beforeCall = (deed: () => void): void => {
  deeds.push({ at: 'before-call', deed })
}

const setHere = async ({ ticket }: Pair, set: TicketFields): Promise<void> => {
  expect(await road.run(ANNA, changeTicket, { ticket, set })).toMatchObject({ ok: true })
}
const there = ({ item }: Pair): DemoItem['fields'] => road.desk.item(item)?.fields ?? {}
const here = ({ ticket }: Pair) =>
  test.db.selectFrom('ticket').selectAll().where('id', '=', ticket).executeTakeFirstOrThrow()
const openConflicts = () =>
  test.db.selectFrom('conflict').selectAll().where('settled_at', 'is', null).execute()
const logged = async (): Promise<string> =>
  JSON.stringify(await test.db.selectFrom('event').select('data').execute())
const apiWrites = (): number => road.desk.ledger.filter((entry) => entry.via === 'api').length

/** Title `Ours` here, written over `Theirs` there. */
const meet = async (conflict: ConflictRule): Promise<Pair> => {
  await build(conflict)
  const pair = await begin()
  beforeCall(() => road.desk.humanEdit(pair.item, { title: 'Theirs' }))
  await setHere(pair, { title: 'Ours' })
  await road.converge()
  expect(
    road.desk.ledger.filter((entry) => entry.via === 'api' && entry.before?.['title'] === 'Theirs'),
  ).toHaveLength(1)
  return pair
}

const settle = async (pair: Pair, how: Omit<SettleConflict, 'conflict'>): Promise<void> => {
  const [conflict, ...others] = await openConflicts()
  expect(others).toEqual([])
  expect(await road.run(ANNA, settleConflict, { conflict: conflict?.id ?? '', ...how })).toMatchObject({
    ok: true,
  })
  await road.converge()
  expect(await openConflicts()).toEqual([])
  expect((await here(pair)).title).toBe(there(pair).title)
  const before = apiWrites()
  await road.converge(60)
  expect(apiWrites()).toBe(before)
}

describe('an edit that came between our read and our write', () => {
  it('is a question that stays open while both sides show ours, until a person settles it', async () => {
    const pair = await meet('ask')
    expect(there(pair).title).toBe('Ours')
    expect((await here(pair)).title).toBe('Ours')
    expect(await openConflicts()).toMatchObject([
      { field: 'title~title', hub: 'Ours', tool: 'Theirs', overwritten: true },
    ])
    const listed = await test.db
      .transaction()
      .execute((tx) =>
        listConflicts(
          tx,
          { connection: null, state: 'open', overwritten: null, field: null },
          { after: null, limit: 10 },
        ),
      )
    expect(listed.ok && listed.value.items).toMatchObject([{ overwritten: true, replaced_by: 'Anna' }])
    road.desk.humanEdit(pair.item, THEIRS)
    road.clock.advance(3_600_000)
    await road.converge(60)
    expect(await openConflicts()).toHaveLength(1)
  })

  it('is back on both sides when a person takes the value of the tool', async () => {
    const pair = await meet('ask')
    await settle(pair, { take: 'tool' })
    expect(there(pair).title).toBe('Theirs')
  })

  it('stays replaced when a person takes ours, and nothing is written', async () => {
    const pair = await meet('ask')
    const before = apiWrites()
    await settle(pair, { take: 'hub' })
    expect(there(pair).title).toBe('Ours')
    expect(apiWrites()).toBe(before)
  })

  it.each([
    [{ take: 'base' }, 'Agreed'],
    [{ take: 'value', value: 'Neither' }, 'Neither'],
  ] as const)('gives way to %j on both sides', async (how, title) => {
    const pair = await meet('ask')
    await settle(pair, how)
    expect(there(pair).title).toBe(title)
  })

  it('is taken back where the tool wins, and nobody is asked', async () => {
    const pair = await meet('tool wins')
    expect(await openConflicts()).toEqual([])
    expect(there(pair).title).toBe('Theirs')
    expect((await here(pair)).title).toBe('Theirs')
    expect(await logged()).toContain('"overwrites":"Ours"')
  })

  it('stays replaced where the hub wins, and the log holds it', async () => {
    const pair = await meet('hub wins')
    expect(await openConflicts()).toEqual([])
    expect(there(pair).title).toBe('Ours')
    expect(await logged()).toContain('"overwrites":"Theirs"')
  })

  it('stands beside a later conflict about the same field, and neither closes the other', async () => {
    const pair = await meet('ask')
    await setHere(pair, { title: 'Ours again' })
    road.desk.humanEdit(pair.item, { title: 'Theirs again' })
    await road.converge()
    const open = await openConflicts()
    expect(open.map(({ tool, overwritten }) => [tool, overwritten]).sort()).toEqual([
      ['Theirs again', false],
      ['Theirs', true],
    ])
    const later = open.find((one) => !one.overwritten)
    await road.run(ANNA, settleConflict, { conflict: later?.id ?? '', take: 'hub' })
    await road.converge()
    expect(there(pair).title).toBe('Ours again')
    await settle(pair, { take: 'tool' })
    expect(there(pair).title).toBe('Theirs')
  })

  it('of another paragraph than ours ends up beside it', async () => {
    await build('ask')
    const pair = await begin({ description: '<p>one</p><p>two</p>' })
    beforeCall(() => road.desk.humanEdit(pair.item, { description: '<p>one</p><p>two, theirs</p>' }))
    await setHere(pair, { description: codecs.html.read('<p>one, ours</p><p>two</p>') })
    await road.converge()
    expect(await openConflicts()).toEqual([])
    expect(there(pair).description).toMatch(/one, ours.*two, theirs/s)
    expect(codecs.html.write((await here(pair)).description)).toMatch(/one, ours.*two, theirs/s)
  })

  it('of a status is given back where the tool owns the status', async () => {
    await build('ask')
    const pair = await begin()
    road.desk.humanEdit(pair.item, { status: 'pending' })
    await road.converge()
    beforeCall(() => road.desk.humanEdit(pair.item, { status: 'solved' }))
    expect(await road.run(ANNA, wakeTicket, { ticket: pair.ticket })).toMatchObject({ ok: true })
    await road.converge()
    expect(there(pair).status).toBe('solved')
    expect((await here(pair)).state).toBe('resolved')
  })

  it('is told once, also when the answer to our write was lost or this process died', async () => {
    await build('ask')
    const pair = await begin()
    beforeCall(() => {
      road.desk.humanEdit(pair.item, { title: 'Theirs' })
      road.desk.faults.queue('commitThenLose', { op: 'update' })
    })
    await setHere(pair, { title: 'Ours' })
    await road.converge()
    expect(await openConflicts()).toMatchObject([{ tool: 'Theirs' }])
    await settle(pair, { take: 'hub' })
    beforeCall(() => road.desk.humanEdit(pair.item, { title: 'Theirs, later' }))
    road.crashAt('before-receipts')
    await setHere(pair, { title: 'Ours, later' })
    await road.converge()
    expect(road.crashes).toBe(1)
    expect(await openConflicts()).toMatchObject([{ tool: 'Theirs, later' }])
  })

  it('that the tool refuses to take back is asked about again', async () => {
    const pair = await meet('ask')
    const [conflict] = await openConflicts()
    road.desk.change({ normalise: { maxLength: { title: 5 } } })
    await road.run(ANNA, settleConflict, { conflict: conflict?.id ?? '', take: 'tool' })
    await road.converge()
    expect(there(pair).title).toBe('Ours')
    expect(await openConflicts()).toMatchObject([{ tool: 'Theirs', overwritten: true }])
  })
})

describe('whatever the order of edits, faults and deaths', () => {
  const POINTS: readonly CrashPoint[] = [
    'fetched',
    'plan-recorded',
    'before-call',
    'after-call',
    'before-receipts',
  ]

  it.each([1, 2, 3, 4, 5])(
    'each value that our writes replaced is in a question or in the log (seed %i)',
    async (seed) => {
      const random = seededRandom(seed)
      const oneOf = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)]
      await build(oneOf(['ask', 'hub wins', 'tool wins'] as const) ?? 'ask', seed)
      const pair = await begin()
      for (let step = 0; step < 8; step += 1) {
        for (let edit = 0; edit < 2; edit += 1) {
          const deed = () => void road.desk.humanEdit(pair.item, { title: `Theirs ${seed}.${step}.${edit}` })
          if (random() < 0.7) deeds.push({ at: oneOf(POINTS) ?? 'before-call', deed })
        }
        if (random() < 0.3)
          road.desk.faults.queue(random() < 0.5 ? 'commitThenLose' : 'lostBefore', { op: 'update' })
        if (random() < 0.2) road.crashAt(oneOf(POINTS) ?? 'after-call')
        await setHere(pair, { title: `Ours ${seed}.${step}` })
        await road.converge()
        road.desk.faults.clear()
        for (const one of random() < 0.5 ? await openConflicts() : []) {
          await road.run(ANNA, settleConflict, { conflict: one.id, take: random() < 0.5 ? 'hub' : 'tool' })
          await road.converge()
        }
      }
      deeds = []
      await road.converge(120)
      const traces = `${await logged()} ${JSON.stringify(await test.db.selectFrom('conflict').selectAll().execute())}`
      const replaced = road.desk.ledger.flatMap(({ via, changed, before }) =>
        via === 'api' && changed && typeof before?.['title'] === 'string' ? [before['title']] : [],
      )
      expect(replaced.some((title) => title.startsWith('Theirs'))).toBe(true)
      expect(replaced.filter((title) => !traces.includes(JSON.stringify(title)))).toEqual([])
    },
  )
})
