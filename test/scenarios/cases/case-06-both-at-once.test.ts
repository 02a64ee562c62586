import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { changeWorkItem } from '../../../src/commands/change-work-item.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { escalated, expectNothingWrong } from '../../support/escalated.ts'
import { buildRoad, type Road } from '../../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const ANNA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' } as const

describe('case 6: both sides edit at once, clocks 90 s apart', () => {
  it('keeps edits of different fields, asks about the one that both changed, and swaps nothing', async () => {
    road = await buildRoad({ db: test.db, seed: 61, desk: { skewMs: 90_000 }, tracker: { skewMs: -90_000 } })
    const { defect } = await escalated(road)
    const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
    road.tracker.humanEdit(defect, { title: 'Theirs', 'cf:Decline reason': 'none yet' })
    await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { title: 'Ours', version: '2.2.2' } })
    await road.converge(5)
    const shown = road.tracker.item(defect)?.fields
    expect(shown).toMatchObject({ title: 'Theirs', 'cf:Version': '2.2.2' })
    expect(
      await road.db.selectFrom('work_item').select(['title', 'decline_reason']).executeTakeFirst(),
    ).toEqual({ title: 'Ours', decline_reason: 'none yet' })
    const conflicts = await road.db
      .selectFrom('conflict')
      .select(['field', 'hub', 'tool'])
      .where('settled_at', 'is', null)
      .execute()
    expect(conflicts).toEqual([{ field: 'title~title', hub: 'Ours', tool: 'Theirs' }])
    // the rest flows on while it is open
    road.tracker.humanEdit(defect, { 'cf:Environment': 'staging' })
    await road.converge(5)
    expect(await road.db.selectFrom('work_item').select('environment').executeTakeFirst()).toEqual({
      environment: 'staging',
    })
    await expectNothingWrong(road)
  })

  it('lets both be settled by a person, and keeps the value that lost', async () => {
    road = await buildRoad({ db: test.db, seed: 62 })
    const { defect } = await escalated(road)
    const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
    road.tracker.humanEdit(defect, { title: 'Theirs' })
    await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { title: 'Ours' } })
    await road.converge(5)
    const { settleConflict } = await import('../../../src/commands/settle-conflict.ts')
    const conflict = await road.db.selectFrom('conflict').select('id').executeTakeFirstOrThrow()
    await road.run(ANNA, settleConflict, { conflict: conflict.id, take: 'hub' })
    await road.converge(5)
    expect(road.tracker.item(defect)?.fields.title).toBe('Ours')
    await expectNothingWrong(road)
  })
})
