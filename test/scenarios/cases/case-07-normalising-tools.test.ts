import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addComment } from '../../../src/commands/add-comment.ts'
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

const ANNA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' } as const

// a thousand in the long run (npm run report)
const POLLS = process.env['CAUSEWAY_LONG'] === undefined ? 150 : 1_000

describe('case 7: a tool that trims, sanitises, rounds and re-cases', () => {
  it('is written to once, then never again by polls, and a one-word edit there comes back as that word', async () => {
    road = await buildRoad({
      db: test.db,
      seed: 71,
      sweepEvery: 3_600,
      tracker: {
        normalise: {
          trim: true,
          sanitise: true,
          recase: { 'cf:Environment': 'lower', title: 'upper' },
          textFormatter: (text) => `${text.replaceAll('* ', '- ')}\n`,
        },
      },
    })
    const { ticket, defect } = await escalated(road, {
      title: '  Login <b>fails</b> ',
      description: '<ul><li>first try</li><li>second try</li></ul><p>then nothing</p>',
      'cf:Environment': 'PRODUCTION EU',
    })
    road.desk.humanComment(ticket, '<ul><li>alpha</li><li>beta</li></ul>', { by: 'u-carla' })
    await road.converge(5)
    expect(road.tracker.item(defect)?.fields['cf:Environment']).toBe('production eu')
    const writes =
      road.tracker.calls.filter((call) => call.write).length +
      road.desk.calls.filter((call) => call.write).length
    for (let poll = 0; poll < POLLS; poll += 1) {
      road.clock.advance(60_000)
      await road.worker.runOnce()
    }
    expect(
      road.tracker.calls.filter((call) => call.write).length +
        road.desk.calls.filter((call) => call.write).length,
    ).toBe(writes)
    const before = await road.db
      .selectFrom('work_item')
      .select(['description', 'environment'])
      .executeTakeFirstOrThrow()
    const shown = String(road.tracker.item(defect)?.fields.description)
    road.tracker.humanEdit(defect, { description: shown.replace('nothing', 'everything') })
    await road.converge(5)
    const after = await road.db
      .selectFrom('work_item')
      .select(['description', 'environment'])
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(after)).toBe(JSON.stringify(before).replace('nothing', 'everything'))
    await expectNothingWrong(road)
  })

  it('whose formatter never comes to rest is stopped by the breaker, or comes to rest by itself', async () => {
    road = await buildRoad({
      db: test.db,
      seed: 72,
      tracker: { normalise: { textFormatter: (text) => `${text} Sent by tracker.` } },
    })
    const { ticket, defect } = await escalated(road)
    const done = await road.run(ANNA, addComment, {
      record: {
        kind: 'ticket',
        ref: (await road.db.selectFrom('ticket').select('id').executeTakeFirstOrThrow()).id,
      },
      body: {
        type: 'root',
        children: [{ type: 'paragraph', children: [{ type: 'text', value: 'one word' }] }],
      },
      audience: 'everyone',
    })
    expect(done.ok).toBe(true)
    await road.converge(20)
    const writes = road.tracker.ledger.filter(
      (line) => line.via === 'api' && line.itemId === defect && line.elementId === null,
    ).length
    expect(writes).toBeLessThanOrEqual(8)
    expect(road.desk.item(ticket)?.comments).toHaveLength(1)
    expect(road.tracker.item(defect)?.comments).toHaveLength(1)
    await expectNothingWrong(road)
  })
})
