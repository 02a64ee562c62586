import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { escalated, expectNothingWrong, sweepAll } from '../../support/escalated.ts'
import { buildRoad, type Road } from '../../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const files = async () =>
  road.db
    .selectFrom('attachment')
    .select(['name', 'state', 'reason', 'size', 'sha256'])
    .orderBy('at')
    .orderBy('id')
    .execute()

describe('case 11: attachments', () => {
  it('carries 0 bytes and two of one name, the same bytes by hash, and says why 900 MB stay where they are', async () => {
    road = await buildRoad({ db: test.db, seed: 111, maxFileBytes: 1024 * 1024 })
    const { ticket, defect } = await escalated(road)
    road.desk.humanAttach(ticket, { name: 'empty.txt', content: new Uint8Array() })
    road.desk.humanAttach(ticket, { name: 'log.txt', content: Buffer.from('one') })
    road.desk.humanAttach(ticket, { name: 'log.txt', content: Buffer.from('two') })
    road.desk.humanAttach(ticket, { name: 'dump.bin', content: { size: 900 * 1024 * 1024, seed: 1 } })
    await road.converge(5)
    const there = road.desk.item(ticket)?.attachments ?? []
    const copies = road.tracker.item(defect)?.attachments ?? []
    expect(copies.map((file) => [file.name, file.sha256])).toEqual(
      there.slice(0, 3).map((file) => [file.name, file.sha256]),
    )
    expect((await files()).find((file) => file.name === 'dump.bin')).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('larger than'),
    })
    await expectNothingWrong(road)
  })

  it('never keeps a file that was cut at 60 %, says so, and has it whole in the end', async () => {
    road = await buildRoad({ db: test.db, seed: 112 })
    const { ticket, defect } = await escalated(road)
    road.desk.faults.queue('cutDownload', { times: 3 })
    road.desk.humanAttach(ticket, { name: 'log.txt', content: Buffer.from('a whole log '.repeat(100)) })
    await road.settle()
    expect(await files()).toMatchObject([
      { state: 'pending', sha256: null, reason: expect.stringContaining('tried again') },
    ])
    await road.converge(10)
    expect(road.desk.faults.struck['cutDownload']).toBe(3)
    expect(road.tracker.item(defect)?.attachments[0]?.sha256).toBe(
      road.desk.item(ticket)?.attachments[0]?.sha256,
    )
    await expectNothingWrong(road)
  })

  it('deletes nothing because a listing failed', async () => {
    road = await buildRoad({ db: test.db, seed: 113 })
    const { ticket, defect } = await escalated(road)
    road.desk.humanAttach(ticket, { name: 'log.txt', content: Buffer.from('one') })
    await road.converge(3)
    road.desk.faults.queue('attachmentsMissing', { times: 4 })
    road.desk.humanEdit(ticket, { 'cf:Version': '9' })
    await road.converge(3)
    expect(road.desk.faults.struck['attachmentsMissing']).toBeGreaterThan(0)
    road.desk.faults.clear()
    await sweepAll(road)
    expect(await files()).toMatchObject([{ state: 'stored' }])
    expect(road.tracker.item(defect)?.attachments).toHaveLength(1)
    await expectNothingWrong(road)
  })

  it('says so when a file was deleted before it could be copied', async () => {
    road = await buildRoad({ db: test.db, seed: 114 })
    const { ticket } = await escalated(road)
    road.desk.faults.queue('cutDownload', { times: 1 })
    const id = road.desk.humanAttach(ticket, { name: 'log.txt', content: Buffer.from('one two three') })
    await road.settle()
    road.desk.humanDetach(ticket, id)
    await road.converge(5)
    expect((await files()).map((file) => file.state)).toEqual(['deleted'])
    await expectNothingWrong(road)
  })
})
