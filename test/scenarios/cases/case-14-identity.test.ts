import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { changeWorkItem } from '../../../src/commands/change-work-item.ts'
import { countLedger } from '../../../src/connectors/demo/fake.ts'
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

describe('case 14: identity', () => {
  const creates = () => countLedger(road.tracker, { op: 'create', via: 'api' })

  it('follows an item that moved, with its new key, and changed its type', async () => {
    road = await buildRoad({ db: test.db, seed: 141 })
    const { ticket, defect } = await escalated(road)
    road.tracker.humanMove(defect, 'GATE')
    road.tracker.humanEdit(defect, { type: 'Task', title: 'Moved along' })
    await road.converge(5)
    expect(road.desk.item(ticket)?.fields['cf:Engineering key']).toBe('GATE-1')
    expect(creates()).toBe(1)
    await expectNothingWrong(road)
  })

  it('says that a deleted item is gone, makes nothing again, and goes on when it is restored', async () => {
    road = await buildRoad({ db: test.db, seed: 142 })
    const { defect } = await escalated(road)
    road.tracker.humanDelete(defect)
    await road.converge(3)
    const mirror = await road.db
      .selectFrom('mirror')
      .select('state')
      .where('connection_id', '=', road.ids.tracker)
      .where('remote_id', '=', defect)
      .executeTakeFirst()
    expect(mirror?.state).toBe('gone')
    const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
    await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { version: '6.6' } })
    await sweepAll(road)
    expect(creates()).toBe(1)
    road.tracker.restoreItem(defect)
    await road.converge(5)
    expect(road.tracker.item(defect)?.fields['cf:Version']).toBe('6.6')
    await expectNothingWrong(road)
  })

  it('looks at an item that came back from a backup exactly as it was listed before', async () => {
    road = await buildRoad({ db: test.db, seed: 143, tracker: { traits: { webhooks: false } } })
    const { defect } = await escalated(road)
    await sweepAll(road)
    const backup = road.tracker.dump()
    road.tracker.humanDelete(defect)
    await sweepAll(road)
    const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
    await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { version: '6.7' } })
    road.tracker.restoreFromBackup(backup)
    await sweepAll(road)
    expect(road.tracker.item(defect)?.fields['cf:Version']).toBe('6.7')
    await expectNothingWrong(road)
  })

  it.each(['closed', 'gone', 'redirect'] as const)(
    'explains a merged item (%s), and loses nobody',
    async (merged) => {
      road = await buildRoad({ db: test.db, seed: 144, desk: { traits: { merged } } })
      await road.converge(3)
      const [from, into] = [newTicket(road, { title: 'First' }), newTicket(road, { title: 'Second' })]
      road.desk.humanComment(from.id, '<p>my words</p>', { by: 'u-carla' })
      await road.converge(3)
      road.desk.merge(from.id, into.id)
      await sweepAll(road)
      const mirrors = await road.db
        .selectFrom('mirror')
        .select(['remote_id', 'state', 'state_reason'])
        .where('record_kind', '=', 'ticket')
        .execute()
      const old = mirrors.find((mirror) => mirror.remote_id === from.id)
      if (merged === 'closed') expect(old?.state).toBe('live')
      else
        expect(old).toMatchObject({
          state: 'gone',
          state_reason: expect.stringContaining(merged === 'redirect' ? 'merged into' : 'deleted'),
        })
      expect(mirrors.find((mirror) => mirror.remote_id === into.id)?.state).toBe('live')
      if (merged !== 'redirect') await expectNothingWrong(road)
    },
  )

  it('finds out a clone with our marker in it, and follows the original', async () => {
    road = await buildRoad({ db: test.db, seed: 145, trackerMapping: { adopt: true } })
    await road.converge(3)
    road.tracker.faults.queue('commitThenLose', { op: 'create' })
    newTicket(road, { 'cf:Escalate': 'yes' })
    await road.settle()
    const original = road.tracker.items()[0]
    road.clock.advance(1_000)
    road.tracker.humanClone(original?.id ?? '', road.tracker.account.id)
    await road.converge(10)
    const mirror = await road.db
      .selectFrom('mirror as m')
      .innerJoin('escalation as e', 'e.work_item_id', 'm.record_id')
      .select('m.remote_id')
      .executeTakeFirst()
    expect(mirror?.remote_id).toBe(original?.id)
    expect(creates()).toBe(1)
    expect(
      await road.db.selectFrom('work_item').select('id').execute(),
      'the clone is a thing of its own',
    ).toHaveLength(2)
    await expectNothingWrong(road)
  })

  it('pushes nothing stale into a tool restored from yesterday’s backup: what it lost is asked about or kept', async () => {
    road = await buildRoad({ db: test.db, seed: 146 })
    const { defect } = await escalated(road)
    const backup = road.tracker.dump()
    road.clock.advance(24 * 3_600_000)
    road.tracker.humanEdit(defect, { title: 'Newer there' })
    await road.converge(5)
    road.tracker.restoreFromBackup(backup)
    await sweepAll(road)
    expect(creates()).toBe(1)
    await expectNothingWrong(road)
  })
})
