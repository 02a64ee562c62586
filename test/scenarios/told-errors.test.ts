import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AppliedRound } from '../../src/commands/applied-rounds.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { escalated, expectNothingWrong } from '../support/escalated.ts'
import { buildRoad, type Road } from '../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const ANNA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' } as const

const said = (message: string): readonly string[] =>
  road.logged.flatMap((line) => (line.message.includes(message) ? [line.data] : []))

describe('an error that stops nothing', () => {
  it('is shown on the mirror and in the log when a write could not be read back, and gone when it could', async () => {
    let armed = false
    road = await buildRoad({
      db: test.db,
      seed: 911,
      // nothing but the round itself may look at the item again
      tracker: { traits: { answersWithItem: false, webhooks: false } },
      crashPoint: (name) => {
        if (!armed || name !== 'after-call') return
        armed = false
        road.tracker.faults.queue('serverError', { op: 'get', times: 1 })
      },
    })
    const { defect } = await escalated(road)
    armed = true
    const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
    await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { version: '3.1' } })
    await road.settle()
    const mirror = () =>
      road.db
        .selectFrom('mirror')
        .select('fault')
        .where('connection_id', '=', road.ids.tracker)
        .where('remote_id', '=', defect)
        .executeTakeFirstOrThrow()
    expect((await mirror()).fault).toMatchObject({ kind: 'down', detail: expect.any(String) })
    expect(said('could not be read back')).toHaveLength(1)
    await road.converge(5)
    expect((await mirror()).fault).toBeNull()
    expect(road.tracker.item(defect)?.fields['cf:Version']).toBe('3.1')
    await expectNothingWrong(road)
  })

  it('is told in the log when rounds could not be recorded together, before each is tried alone', async () => {
    road = await buildRoad({ db: test.db, seed: 912 })
    await road.converge(2)
    const connection = await road.worker.open('desk')
    // a round that no transaction can take
    const broken = { context: {}, input: { view: { id: '1' } } } as unknown as AppliedRound
    expect(await connection?.recordApplied(broken)).toBeNull()
    expect(said('could not be recorded together')).toEqual([expect.stringContaining('"connection":"desk"')])
  })
})
