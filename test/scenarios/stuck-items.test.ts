import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { escalated, sweepAll } from '../support/escalated.ts'
import { buildRoad, type Road } from '../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const ANNA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' } as const

const holdsTold = async (): Promise<readonly string[]> =>
  (
    await road.db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('kind', 'in', ['hold.opened', 'hold.closed'])
      .orderBy('seq')
      .execute()
  ).map((event) => `${event.kind} ${(event.data as { field: string }).field}`)

const holds = async (): Promise<readonly string[]> =>
  (await road.db.selectFrom('hold').select('field').orderBy('field').execute()).map((row) => row.field)

describe('an item that fails for a reason of its own', () => {
  it('is held beside the fields that already wait, and is told once as it begins and as it ends', async () => {
    let broken = false
    road = await buildRoad({
      db: test.db,
      seed: 901,
      crashPoint: (name) => {
        if (broken && name === 'fetched') throw new TypeError('reading “nodes” of undefined')
      },
    })
    await escalated(road)
    road.tracker.change({ normalise: { maxLength: { title: 255 } } })
    const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
    await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { title: 'x'.repeat(900) } })
    await road.converge(5)
    expect(await holds()).toEqual(['title~title'])

    broken = true
    await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { version: '3.1' } })
    await road.converge(20)
    expect(await holds(), 'the field that waits is not forgotten').toContain('title~title')
    expect(await holds()).toContain('item')
    const { fault } = await road.db
      .selectFrom('mirror')
      .select('fault')
      .where('fault', 'is not', null)
      .executeTakeFirstOrThrow()
    expect(fault?.detail, 'our own sentence, and what to do').toContain('Causeway itself failed here')
    const shown = JSON.stringify([fault, await road.db.selectFrom('hold').selectAll().execute()])
    expect(shown, 'what a library threw is for the log').not.toContain('nodes')
    expect(road.logged.some((line) => line.data.includes('unexpected: reading “nodes”'))).toBe(true)
    const opened = (await holdsTold()).filter((line) => line === 'hold.opened item')
    const stuck = (await holds()).filter((field) => field === 'item')
    expect(opened, 'one notice for each item that is stuck').toHaveLength(stuck.length)

    broken = false
    road.tracker.change({ normalise: {} })
    await sweepAll(road)
    expect(await holds()).toEqual([])
    expect(await holdsTold()).toContain('hold.closed item')
  })

  it('stays told while its calls go wrong again and again, without a notice for each try', async () => {
    let broken = false
    road = await buildRoad({
      db: test.db,
      seed: 902,
      crashPoint: (name) => {
        if (broken && name === 'before-call') throw new TypeError('reading “nodes” of undefined')
      },
    })
    await escalated(road)
    const before = (await holdsTold()).length
    broken = true
    const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
    await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { version: '3.1' } })
    for (let round = 0; round < 3; round += 1) {
      await road.run(ANNA, changeWorkItem, { workItem: item.id, set: { version: `4.${round}` } })
      await road.converge(8)
    }
    expect((await holdsTold()).slice(before)).toEqual(['hold.opened item'])
    broken = false
    await sweepAll(road)
    expect((await holdsTold()).slice(before)).toEqual(['hold.opened item', 'hold.closed item'])
  })
})
