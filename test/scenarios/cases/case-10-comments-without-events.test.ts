import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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

describe('case 10: comments without good events', () => {
  it('shows an edit where comments cannot change, once', async () => {
    road = await buildRoad({
      db: test.db,
      seed: 101,
      tracker: { traits: { comments: { public: true, internal: true, edit: false, delete: false } } },
    })
    const { ticket, defect } = await escalated(road)
    const id = road.desk.humanComment(ticket, '<p>It says E-4711</p>', { by: 'u-carla' })
    await road.converge(3)
    road.desk.humanEditComment(ticket, id, '<p>It says E-4712</p>')
    await road.converge(3)
    const texts = road.tracker.item(defect)?.comments.map((comment) => comment.text) ?? []
    expect(texts).toHaveLength(2)
    expect(texts[1]).toContain('E-4712')
    expect(texts[1]).toContain('Edited:')
    expect(await road.db.selectFrom('message').select('id').execute()).toHaveLength(1)
    await expectNothingWrong(road)
  })

  it('takes in what a merge put in between, each once, in the order of the authors’ times, without any notice', async () => {
    road = await buildRoad({ db: test.db, seed: 102, desk: { traits: { webhooks: false } } })
    await road.converge(3)
    const [from, into] = [newTicket(road), newTicket(road)]
    for (const [id, text] of [
      [into.id, 'one'],
      [from.id, 'two'],
      [into.id, 'three'],
    ] as const) {
      road.desk.humanComment(id, `<p>said ${text}</p>`, { by: 'u-carla' })
      road.clock.advance(1_000)
    }
    road.desk.merge(from.id, into.id)
    await sweepAll(road)
    const home = await road.db
      .selectFrom('mirror')
      .select('record_id')
      .where('connection_id', '=', road.ids.desk)
      .where('remote_id', '=', into.id)
      .executeTakeFirstOrThrow()
    const said = await road.db
      .selectFrom('message')
      .select('body')
      .where('record_id', '=', home.record_id)
      .where('deleted_at', 'is', null)
      .orderBy('at')
      .execute()
    expect(said.map((one) => /said (\w+)/u.exec(JSON.stringify(one.body))?.[1])).toEqual([
      'one',
      'two',
      'three',
    ])
    await expectNothingWrong(road)
  })

  it('takes back a deletion when a comment that a listing missed is there again', async () => {
    road = await buildRoad({ db: test.db, seed: 103 })
    const { ticket } = await escalated(road)
    const backup = road.desk.dump()
    const id = road.desk.humanComment(ticket, '<p>here for good</p>', { by: 'u-carla' })
    await road.converge(3)
    const whole = road.desk.dump()
    road.desk.restoreFromBackup(backup)
    await sweepAll(road)
    road.desk.restoreFromBackup(whole)
    await sweepAll(road)
    expect(road.desk.item(ticket)?.comments.map((comment) => comment.id)).toContain(id)
    const rows = await road.db.selectFrom('message').select('deleted_at').execute()
    expect(rows).toEqual([{ deleted_at: null }])
    await expectNothingWrong(road)
  })
})
