import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { changeWorkItem } from '../../../src/commands/change-work-item.ts'
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

describe('case 12: a poison field', () => {
  it('holds the one field with its reason, lets all else go on, and heals when it fits again', async () => {
    road = await buildRoad({ db: test.db, seed: 121 })
    const { defect } = await escalated(road)
    const normalise = { maxLength: { title: 255 } } as const
    road.tracker.change({ normalise })
    const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
    await road.run(ANNA, changeWorkItem, {
      workItem: item.id,
      set: { title: 'x'.repeat(900), version: '3.0' },
    })
    await road.converge(5)
    expect(road.tracker.item(defect)?.fields).toMatchObject({ title: 'Login fails', 'cf:Version': '3.0' })
    expect(await road.db.selectFrom('hold').select(['field', 'code', 'reason']).execute()).toMatchObject([
      { field: 'title~title', code: 'refused-by-tool', reason: expect.stringContaining('too long') },
    ])
    const told = await road.db
      .selectFrom('event')
      .select('kind')
      .where('kind', 'in', ['hold.opened', 'hold.closed'])
      .execute()
    expect(told, 'a notice when it begins').toEqual([{ kind: 'hold.opened' }])
    await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { version: '3.1' } })
    await road.converge(5)
    expect(road.tracker.item(defect)?.fields['cf:Version']).toBe('3.1')
    const again = await road.db
      .selectFrom('event')
      .select('kind')
      .where('kind', 'in', ['hold.opened', 'hold.closed'])
      .execute()
    expect(again, 'and none while it lasts').toEqual([{ kind: 'hold.opened' }])
    road.tracker.change({ normalise: {} })
    await sweepAll(road)
    expect(road.tracker.item(defect)?.fields.title).toBe('x'.repeat(900))
    expect(await road.db.selectFrom('hold').select('code').execute()).toEqual([])
    await expectNothingWrong(road)
  })

  it('never lets a truncation flow back', async () => {
    road = await buildRoad({ db: test.db, seed: 122 })
    const { defect } = await escalated(road)
    road.tracker.change({ normalise: { maxLength: { title: 60, description: 255 }, tooLong: 'truncate' } })
    const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
    const title = 'A long title that goes on and on about logging in, and failing, for many words'
    await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { title } })
    await road.converge(5)
    expect(String(road.tracker.item(defect)?.fields.title)).toHaveLength(60)
    road.tracker.humanEdit(defect, { 'cf:Version': '5' })
    await sweepAll(road)
    expect(await road.db.selectFrom('work_item').select('title').executeTakeFirst()).toEqual({ title })
    await expectNothingWrong(road, {
      form: (text) =>
        text
          .toLowerCase()
          .replace(/<[^>]*>|[^\p{L}\p{N}]+/gu, '')
          .slice(0, 40),
    })
  })

  it('makes the item without the option that is missing there, and holds that field', async () => {
    road = await buildRoad({ db: test.db, seed: 123 })
    await road.converge(3)
    road.tracker.change({
      customFields: road.tracker.setup.customFields.map((field) =>
        field.name === 'Severity' ? { ...field, options: ['low'] } : field,
      ),
    })
    newTicket(road, { 'cf:Escalate': 'yes' })
    await road.converge(5)
    expect(road.tracker.items()).toHaveLength(1)
    expect(await road.db.selectFrom('hold').select(['field', 'code']).execute()).toEqual([
      { field: 'severity~cf:Severity', code: 'refused-by-tool' },
    ])
    await expectNothingWrong(road)
  })

  it('holds an unknown person there, and heals when the person is known', async () => {
    road = await buildRoad({ db: test.db, seed: 124 })
    const { defect } = await escalated(road)
    road.tracker.change({
      users: [...road.tracker.setup.users, { id: 'u-nobody', name: 'Nobody', email: null }],
    })
    road.tracker.humanEdit(defect, { owner: 'u-nobody', 'cf:Version': '7' })
    await road.converge(3)
    expect(await road.db.selectFrom('hold').select('code').execute()).toEqual([{ code: 'unknown-person' }])
    expect(await road.db.selectFrom('work_item').select('release_version').executeTakeFirst()).toEqual({
      release_version: '7',
    })
    road.tracker.humanEdit(defect, { owner: 'u-eve' })
    await road.converge(3)
    expect(await road.db.selectFrom('hold').select('code').execute()).toEqual([])
    await expectNothingWrong(road)
  })
})
