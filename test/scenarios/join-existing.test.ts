import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { JoinRequest } from '../../src/api/deps.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { joinConnections } from '../../src/start/join-connections.ts'
import type { JoinProgress } from '../../src/sync/match-items.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { violations } from '../support/never.ts'
import { buildRoad, type Road } from '../support/road.ts'

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

const byKey = async (apply: boolean): Promise<JoinRequest> => ({
  connection: await keyOf(road.ids.tracker),
  by: 'key',
  field: 'cf:Ticket links',
  apply,
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
