import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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

describe('case 5: a person edits under the service account', () => {
  it('carries the edit, and echoes nothing', async () => {
    road = await buildRoad({ db: test.db, seed: 51 })
    const { ticket, defect } = await escalated(road)
    road.tracker.humanEdit(defect, { 'cf:Version': '2.1.9' }, road.tracker.account.id)
    road.tracker.humanComment(defect, 'Under the same account', { by: road.tracker.account.id })
    road.desk.humanEdit(ticket, { title: 'Nobody can log in' }, road.desk.account.id)
    await road.converge(5)
    expect(await road.db.selectFrom('work_item').select('release_version').executeTakeFirst()).toEqual({
      release_version: '2.1.9',
    })
    expect(await road.db.selectFrom('ticket').select('title').executeTakeFirst()).toEqual({
      title: 'Nobody can log in',
    })
    expect(
      road.desk
        .item(ticket)
        ?.comments.map((comment) => comment.text)
        .join(),
    ).toContain('Under the same account')
    expect(road.tracker.item(defect)?.comments).toHaveLength(1)
    await expectNothingWrong(road)
  })

  it('does not take a person’s short word under our account for our own lost words', async () => {
    road = await buildRoad({ db: test.db, seed: 52 })
    const { ticket, defect } = await escalated(road)
    road.tracker.faults.queue('lostBefore', { op: 'comment.add' })
    road.desk.humanComment(ticket, '<p>Since the update of Monday nobody in our office can log in.</p>', {
      by: 'u-carla',
    })
    await road.settle()
    road.tracker.humanComment(defect, 'Carla', { by: road.tracker.account.id })
    await road.converge(10)
    const texts = road.tracker.item(defect)?.comments.map((comment) => comment.text) ?? []
    expect(texts.filter((text) => text.includes('Since the update'))).toHaveLength(1)
    expect(road.desk.item(ticket)?.comments).toHaveLength(2)
    await expectNothingWrong(road)
  })
})
