import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { countLedger } from '../../../src/connectors/demo/fake.ts'
import { SYSTEM } from '../../../src/domain/actor.ts'
import { joinExisting } from '../../../src/worker/join-existing.ts'
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

describe('case 1: timeout after commit', () => {
  it('makes one issue and links it, though the answer was lost, the search lags a minute and the worker was restarted thrice', async () => {
    road = await buildRoad({ db: test.db, seed: 11, tracker: { indexLagMs: 60_000 } })
    await road.converge(3)
    road.tracker.faults.queue('commitThenLose', { op: 'create' })
    const ticket = newTicket(road, { 'cf:Escalate': 'yes' })
    for (let restart = 0; restart < 3; restart += 1) {
      await road.settle()
      await road.restart()
      road.clock.advance(5_000)
    }
    await road.converge(10)
    expect(countLedger(road.tracker, { op: 'create', via: 'api' })).toBe(1)
    expect(road.desk.item(ticket.id)?.fields['cf:Engineering key']).toBe(road.tracker.items()[0]?.key)
    expect(road.tracker.faults.struck).toMatchObject({ commitThenLose: 1 })
    await expectNothingWrong(road)
  })

  it.each([1, 2, 3])(
    'makes one issue where the answer is lost %i times and the tool honours keys',
    async (times) => {
      road = await buildRoad({ db: test.db, seed: 12, tracker: { traits: { idempotency: 'key' } } })
      await road.converge(3)
      road.tracker.faults.queue('commitThenLose', { op: 'create', times })
      newTicket(road, { 'cf:Escalate': 'yes' })
      await road.converge(15)
      expect(countLedger(road.tracker, { op: 'create', via: 'api' })).toBe(1)
      await expectNothingWrong(road)
    },
  )

  it('asks a person where the tool has neither key nor marker, and makes nothing by itself', async () => {
    road = await buildRoad({ db: test.db, seed: 13, tracker: { traits: { idempotency: 'none' } } })
    await road.converge(3)
    road.tracker.faults.queue('lostBefore', { op: 'create' })
    newTicket(road, { 'cf:Escalate': 'yes' })
    await road.converge(30)
    expect(countLedger(road.tracker, { op: 'create', via: 'api' })).toBe(0)
    const holds = await road.db.selectFrom('hold').select(['code', 'next_step']).execute()
    expect(holds).toMatchObject([{ code: 'unknown-write' }])
    expect((await road.db.selectFrom('escalation').select('state').executeTakeFirst())?.state).toBe('sending')
  })

  it('ties the item a person found there to the work item that waits for it, and makes no second of either', async () => {
    road = await buildRoad({ db: test.db, seed: 15, tracker: { traits: { idempotency: 'none' } } })
    await road.converge(3)
    road.tracker.faults.queue('commitThenLose', { op: 'create' })
    const ticket = newTicket(road, { 'cf:Escalate': 'yes' })
    await road.converge(10)
    expect(await road.db.selectFrom('hold').select('code').execute()).toEqual([{ code: 'unknown-write' }])
    const [desk, tracker] = [await road.worker.open('desk'), await road.worker.open('tracker')]
    if (desk === null || tracker === null) throw new Error('the connections are open')
    const joining = { rule: { titleWithinHours: 24 }, apply: true, write: true, actor: SYSTEM } as const
    expect((await joinExisting(road.deps, desk, tracker, joining)).joined).toMatchObject({
      new: 1,
      failed: [],
    })
    await road.converge(10)
    expect(road.desk.item(ticket.id)?.fields['cf:Engineering key']).toBe(road.tracker.items()[0]?.key)
    expect(await road.db.selectFrom('hold').select('code').execute()).toEqual([])
    expect(await road.db.selectFrom('work_item').select('id').execute()).toHaveLength(1)
    expect((await road.db.selectFrom('escalation').select('state').executeTakeFirst())?.state).toBe('sent')
    expect(countLedger(road.tracker, { op: 'create', via: 'api' })).toBe(1)
    await expectNothingWrong(road)
  })

  it('sends each word, file and change once, though every second answer is lost', async () => {
    road = await buildRoad({ db: test.db, seed: 14 })
    const { ticket, defect } = await escalated(road)
    road.tracker.faults.chance({ commitThenLose: 0.5 })
    road.desk.faults.chance({ commitThenLose: 0.5 })
    for (let turn = 0; turn < 6; turn += 1) {
      road.desk.humanComment(ticket, `<p>It says E-47${turn}</p>`, { by: 'u-carla' })
      road.desk.humanEdit(ticket, { 'cf:Version': `2.0.${turn}` })
      road.desk.humanAttach(ticket, { name: 'log.txt', content: Buffer.from(`log ${turn}`) })
      road.tracker.humanComment(defect, `Asks for build ${turn}`, { by: 'u-eve' })
      await road.converge(3)
    }
    await road.converge(30)
    expect(road.tracker.faults.struck['commitThenLose']).toBeGreaterThan(3)
    road.tracker.faults.clear()
    road.desk.faults.clear()
    await sweepAll(road)
    expect(road.tracker.item(defect)?.comments).toHaveLength(12)
    expect(road.desk.item(ticket)?.comments).toHaveLength(12)
    expect(road.tracker.item(defect)?.attachments).toHaveLength(6)
    await expectNothingWrong(road)
  })
})
