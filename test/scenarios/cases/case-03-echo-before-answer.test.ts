import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { countLedger } from '../../../src/connectors/demo/fake.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { expectNothingWrong, newTicket } from '../../support/escalated.ts'
import { buildRoad, type Road } from '../../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

describe('case 3: echo before answer', () => {
  it.each(['hookFirst', 'commitThenLose'] as const)(
    'makes no second record of our own issue, where new issues become records and %s',
    async (fault) => {
      road = await buildRoad({ db: test.db, seed: 31, trackerMapping: { adopt: true } })
      await road.converge(3)
      road.tracker.faults.queue('hookFirst', { op: 'create' })
      if (fault !== 'hookFirst') road.tracker.faults.queue(fault, { op: 'create' })
      newTicket(road, { 'cf:Escalate': 'yes' })
      await road.converge(15)
      expect(await road.db.selectFrom('work_item').select('key').execute()).toHaveLength(1)
      expect(countLedger(road.tracker, { op: 'create', via: 'api' })).toBe(1)
      expect(await road.db.selectFrom('ticket').select('key').execute()).toHaveLength(1)
      await expectNothingWrong(road)
    },
  )

  it('takes over what a person made under our account all the same', async () => {
    road = await buildRoad({ db: test.db, seed: 32, trackerMapping: { adopt: true } })
    await road.converge(3)
    road.tracker.humanCreate({ container: 'ENG', fields: { title: 'Made by hand' } }, road.tracker.account.id)
    await road.converge(5)
    expect(await road.db.selectFrom('work_item').select('title').execute()).toEqual([
      { title: 'Made by hand' },
    ])
    await expectNothingWrong(road)
  })
})
