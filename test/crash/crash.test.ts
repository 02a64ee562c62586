import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addComment } from '../../src/commands/add-comment.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { countLedger } from '../../src/connectors/demo/fake.ts'
import { codecs } from '../../src/sync/rich-text/index.ts'
import { CRASH_POINTS, type CrashPoint } from '../../src/worker/deps.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { escalated, newTicket } from '../support/escalated.ts'
import { violations, writesAtRest } from '../support/never.ts'
import { buildRoad, type Road } from '../support/road.ts'

/**
 * The worker dies at every named point, by turns the first and the second time it is passed (both in the long run), while words, files, fields, new
 * items and moves go both ways; another one takes over when the leases have run out. The tools' ledgers say whether
 * anything was made twice, lost, or left half.
 */
let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const IS_LONG = process.env['CAUSEWAY_LONG'] !== undefined

const ANNA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' } as const

/** Everything at once, both ways. */
const everything = async (ticket: string, defect: string): Promise<void> => {
  const { desk, tracker } = road
  const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
  desk.humanComment(ticket, '<p>from the customer</p>', { by: 'u-carla' })
  desk.humanAttach(ticket, { name: 'log.txt', content: Buffer.from('one') })
  desk.humanEdit(ticket, { title: 'Nobody can log in' })
  tracker.humanComment(defect, 'from engineering')
  tracker.humanEdit(defect, { status: 'in progress', 'cf:Environment': 'staging' })
  tracker.humanAttach(defect, { name: 'fix.patch', content: Buffer.from('two') })
  await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { version: '4.4' } })
  await road.run(ANNA, addComment, {
    record: { kind: 'work item', ref: item.id },
    body: codecs.plain.read('from the hub'),
    audience: 'staff',
  })
  newTicket(road, { title: 'Another one', 'cf:Escalate': 'yes' })
  newTicket(road, { title: 'A third one' })
}

describe('a worker that dies', () => {
  it.each(
    CRASH_POINTS.flatMap((point, index): [CrashPoint, number][] =>
      IS_LONG
        ? [
            [point, 0],
            [point, 1],
          ]
        : [[point, index % 2]],
    ),
  )('at %s (after passing it %i times) leaves nothing double, lost or half', async (point, passing) => {
    road = await buildRoad({ db: test.db, seed: 1_000, tracker: { indexLagMs: 20_000 } })
    const { ticket, defect } = await escalated(road)
    await everything(ticket, defect)
    road.crashAt(point, passing)
    road.clock.advance(61_000)
    await road.converge(15)
    road.clock.advance(16 * 60_000)
    await road.converge(10)
    expect(road.crashes).toBe(1)
    expect(countLedger(road.tracker, { op: 'create', via: 'api' })).toBe(2)
    expect(road.tracker.item(defect)?.comments).toHaveLength(3)
    expect(road.tracker.item(defect)?.attachments).toHaveLength(2)
    expect(road.tracker.item(defect)?.fields['cf:Version']).toBe('4.4')
    expect(road.desk.item(ticket)?.comments).toHaveLength(3)
    expect(road.desk.item(ticket)?.attachments).toHaveLength(2)
    expect(await violations(road, { atRest: true })).toEqual([])
    expect(await writesAtRest(road, 5)).toEqual([])
  })
})
