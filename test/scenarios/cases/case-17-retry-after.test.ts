import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { escalateTicket } from '../../../src/commands/escalate-ticket.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { earlyCalls } from '../../support/early-calls.ts'
import { expectNothingWrong, newTicket } from '../../support/escalated.ts'
import { buildRoad, type Road } from '../../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const ANNA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' } as const

describe('case 17: 429 with a long Retry-After during a backfill', () => {
  it('makes no call before its end, lets the other tool work, and serves the person first afterwards', async () => {
    road = await buildRoad({ db: test.db, seed: 171 })
    for (let index = 0; index < 40; index += 1) newTicket(road, { title: `Old ${index}` })
    await road.converge(5)
    const ticket = await road.db.selectFrom('ticket').select('id').orderBy('number').executeTakeFirstOrThrow()
    road.desk.faults.times({ retryAfterS: 1_800 })
    road.desk.faults.queue('rate')
    // a first load of everything is under way
    await road.db
      .updateTable('mirror')
      .set((is) => ({ dirty_seq: is('dirty_seq', '+', 1), dirty_lane: 3 }))
      .where('connection_id', '=', road.ids.desk)
      .execute()
    await road.settle()
    await road.run(ANNA, escalateTicket, { ticket: ticket.id })
    await road.settle()
    expect(road.tracker.items(), 'the tracker is not the one that asked to wait').toHaveLength(1)
    await road.converge(25)
    expect(earlyCalls(road.desk)).toBe(0)
    road.clock.advance(600_000)
    const before = road.desk.calls.length
    await road.converge(10)
    const writes = road.desk.calls.slice(before).filter((call) => call.write)
    expect(writes.length).toBeGreaterThan(0)
    await expectNothingWrong(road)
  })
})
