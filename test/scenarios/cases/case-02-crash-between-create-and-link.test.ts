import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { escalateTicket } from '../../../src/commands/escalate-ticket.ts'
import { countLedger } from '../../../src/connectors/demo/fake.ts'
import { CRASH_POINTS } from '../../../src/worker/deps.ts'
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

const agent = (name: string) =>
  ({ kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name }) as const

describe('case 2: a crash between create and link, and two who press at once', () => {
  it.each(CRASH_POINTS)('makes one issue when the worker dies at %s', async (point) => {
    road = await buildRoad({ db: test.db, seed: 21, tracker: { indexLagMs: 60_000 } })
    await road.converge(3)
    newTicket(road)
    await road.converge(3)
    const ticket = await road.db.selectFrom('ticket').select('id').executeTakeFirstOrThrow()
    road.crashAt(point)
    await road.run(agent('Ada'), escalateTicket, { ticket: ticket.id })
    road.clock.advance(61_000)
    await road.converge(15)
    expect(countLedger(road.tracker, { op: 'create', via: 'api' })).toBe(1)
    await expectNothingWrong(road, { restMinutes: 5 })
  })

  it('gives both agents the same twin', async () => {
    road = await buildRoad({ db: test.db, seed: 22 })
    await road.converge(3)
    newTicket(road)
    await road.converge(3)
    const ticket = await road.db.selectFrom('ticket').select('id').executeTakeFirstOrThrow()
    const [first, second] = await Promise.all([
      road.run(agent('Ada'), escalateTicket, { ticket: ticket.id }),
      road.run(agent('Ben'), escalateTicket, { ticket: ticket.id }),
    ])
    const [won, lost] = first.ok ? [first, second] : [second, first]
    expect(won.ok && !lost.ok && lost.error).toMatchObject({
      code: 'already-done',
      existing: { key: won.ok ? won.value.workItem.key : '' },
    })
    const before = await road.db.selectFrom('escalation').select('state').executeTakeFirst()
    expect(before?.state, 'not sent before it is there').toBe('sending')
    await road.converge(5)
    expect(countLedger(road.tracker, { op: 'create', via: 'api' })).toBe(1)
    await expectNothingWrong(road)
  })

  it('is sent, with its key, though the new issue could not be read back at first', async () => {
    road = await buildRoad({ db: test.db, seed: 23 })
    await road.converge(3)
    road.tracker.faults.queue('serverError', { op: 'get', times: 3 })
    const ticket = newTicket(road, { 'cf:Escalate': 'yes' })
    await road.settle()
    expect(road.desk.item(ticket.id)?.fields['cf:Engineering key'] ?? null).not.toBe('')
    await road.converge(10)
    expect((await road.db.selectFrom('escalation').select('state').executeTakeFirst())?.state).toBe('sent')
    expect(road.desk.item(ticket.id)?.fields['cf:Engineering key']).toBe(road.tracker.items()[0]?.key)
    await expectNothingWrong(road)
  })
})
