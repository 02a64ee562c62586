import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { addComment } from '../../src/commands/add-comment.ts'
import { resolveLostAnswer } from '../../src/commands/resolve-lost-answer.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { plainText } from '../../src/sync/rich-text/plain.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { escalated } from '../support/escalated.ts'
import { buildRoad, type Road } from '../support/road.ts'

/** A comment was sent, the answer was lost, and what became of it is found out, by looking or by a person. */
let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const ADA: Actor = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Ada' }
const WORDS = 'We saw it again this morning, on two machines.'

/** A comment for colleagues whose way to the tracker loses its answer. */
const say = async (seed: number) => {
  road = await buildRoad({ db: test.db, seed })
  const { ticket, defect } = await escalated(road)
  const { record_id } = await test.db
    .selectFrom('mirror')
    .select('record_id')
    .where('remote_id', '=', ticket)
    .where('connection_id', '=', road.ids.desk)
    .executeTakeFirstOrThrow()
  road.tracker.faults.queue('commitThenLose', { op: 'comment.add' })
  await road.run(ADA, addComment, {
    record: { kind: 'ticket', ref: record_id ?? '' },
    body: plainText(WORDS),
    audience: 'staff',
  })
  return defect
}
const copies = (defect: string) =>
  (road.tracker.item(defect)?.comments ?? []).filter(({ text }) => text.includes(WORDS))
const lost = () =>
  test.db.selectFrom('attempt').selectAll().where('state', 'in', ['unknown', 'sending']).execute()

it('is confirmed by looking at what stands there, and never written twice', async () => {
  const defect = await say(131)
  await road.converge(10)
  expect(road.tracker.faults.struck['commitThenLose']).toBe(1)
  expect(copies(defect)).toHaveLength(1)
  expect(await lost()).toEqual([])
})

it('is taken at a person’s word where the tool lists no comments, and then follows later edits by its id', async () => {
  const defect = await say(132)
  road.tracker.faults.chance({ commentsMissing: 1 })
  await road.settle()
  const [attempt] = await lost()
  const [copy] = copies(defect)
  expect(attempt).toBeDefined()
  await test.db.updateTable('mirror').set({ lease_until: null }).execute()
  expect(
    await road.run(ADA, resolveLostAnswer, {
      attempt: attempt?.id ?? '',
      outcome: 'arrived',
      item: copy?.id ?? '',
    }),
  ).toMatchObject({ ok: true })
  road.tracker.faults.clear()
  await road.converge(10)
  expect(copies(defect)).toHaveLength(1)
  expect(await lost()).toEqual([])
  const tied = await test.db
    .selectFrom('mirror_element as e')
    .innerJoin('mirror as m', 'm.id', 'e.mirror_id')
    .select(['e.remote_id', 'e.state'])
    .where('e.element_id', '=', attempt?.element_id ?? '')
    .where('m.connection_id', '=', road.ids.tracker)
    .execute()
  expect(tied).toEqual([{ remote_id: copy?.id, state: 'live' }])
})

it('is not sent again when a person saw it there but knows no number of it', async () => {
  const defect = await say(133)
  road.tracker.faults.chance({ commentsMissing: 1 })
  await road.settle()
  const [attempt] = await lost()
  await test.db.updateTable('mirror').set({ lease_until: null }).execute()
  const said = { attempt: attempt?.id ?? '', outcome: 'arrived' as const }
  expect(await road.run(ADA, resolveLostAnswer, said)).toMatchObject({ ok: true })
  await road.converge(10)
  expect(copies(defect)).toHaveLength(1)
  expect(await lost()).toEqual([])
})
