import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { changeTicket } from '../../../src/commands/change-ticket.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { escalated, expectNothingWrong, newTicket, sweepAll } from '../../support/escalated.ts'
import { buildRoad, type Road } from '../../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const ANNA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' } as const

describe('case 13: three days’ outage', () => {
  it('agrees afterwards, nothing older wins, and people are told twice: away, and back', async () => {
    road = await buildRoad({ db: test.db, seed: 131, desk: { resolutionMs: 1_000, traits: { pageSize: 3 } } })
    const { ticket } = await escalated(road)
    const more = Array.from({ length: 9 }, (_, index) => newTicket(road, { title: `Trouble ${index}` }))
    await road.converge(5)
    road.desk.faults.chance({ down: 1, hookDropped: 1 })
    for (let hour = 0; hour < 72; hour += 6) {
      road.clock.advance(6 * 3_600_000)
      await road.settle()
    }
    // at equal times, over a page's edge, and on both sides
    for (const one of more) road.desk.humanEdit(one.id, { title: `${String(one.fields.title)} in the dark` })
    const here = await road.db
      .selectFrom('ticket as t')
      .innerJoin('mirror as m', 'm.record_id', 't.id')
      .select('t.id')
      .where('m.remote_id', '=', ticket)
      .executeTakeFirstOrThrow()
    await road.run(ANNA, changeTicket, { ticket: here.id, set: { version: '8.8' } })
    road.desk.humanEdit(ticket, { title: 'Nobody logs in' })
    await road.settle()
    road.desk.faults.clear()
    await road.converge(15)
    await sweepAll(road)
    expect(road.desk.item(ticket)?.fields).toMatchObject({ title: 'Nobody logs in', 'cf:Version': '8.8' })
    const notices = await road.db
      .selectFrom('event')
      .select('kind')
      .where('kind', 'in', ['connection.down', 'connection.up'])
      .orderBy('seq')
      .execute()
    expect(notices.map((one) => one.kind)).toEqual(['connection.down', 'connection.up'])
    expect(
      (
        await road.db
          .selectFrom('connection')
          .select('down_since')
          .where('key', '=', 'desk')
          .executeTakeFirst()
      )?.down_since,
    ).toBeNull()
    await expectNothingWrong(road)
  })

  it('is back as soon as a listing is answered, though nothing else was to be done', async () => {
    road = await buildRoad({ db: test.db, seed: 132 })
    await road.converge(3)
    road.desk.faults.chance({ down: 1 })
    road.clock.advance(120_000)
    await road.settle()
    expect(
      (
        await road.db
          .selectFrom('connection')
          .select('down_since')
          .where('key', '=', 'desk')
          .executeTakeFirst()
      )?.down_since,
    ).not.toBeNull()
    road.desk.faults.clear()
    await road.converge(5)
    road.clock.advance(120_000)
    await road.settle()
    expect(
      (
        await road.db
          .selectFrom('connection')
          .select('down_since')
          .where('key', '=', 'desk')
          .executeTakeFirst()
      )?.down_since,
    ).toBeNull()
  })
})
