import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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

describe('case 16: a flood', () => {
  it('delays a person on another connection by no more than one look', async () => {
    road = await buildRoad({ db: test.db, seed: 161, secondDesk: {} })
    await road.converge(3)
    const noisy = Array.from({ length: 60 }, (_, index) =>
      road.desk2?.humanCreate(
        { container: 'support', fields: { title: `Noise ${index}`, 'cf:Product': 'Portal' } },
        'u-carla',
      ),
    )
    await road.converge(5)
    const ring = async (): Promise<void> => {
      const rows = Array.from({ length: 200 }, (_, index) => ({
        connection_id: road.ids.desk2,
        remote_id: noisy[index % noisy.length]?.id ?? '',
        why: 'webhook',
        lane: 1,
        received_at: road.clock.now(),
      }))
      await road.db.insertInto('hint').values(rows).execute()
    }
    const waits: number[] = []
    for (let second = 0; second < 4; second += 1) {
      await ring()
      road.clock.advance(1_000)
      const began = road.clock.now().getTime()
      const urgent = newTicket(road, { title: `P1 number ${second}`, 'cf:Escalate': 'yes' })
      for (let look = 0; look < 5; look += 1) {
        await ring()
        await road.settle()
        if (road.tracker.items().some((item) => item.fields.title === `P1 number ${second}`)) break
        road.clock.advance(1_000)
      }
      waits.push(road.clock.now().getTime() - began)
      expect(road.desk.item(urgent.id)).toBeDefined()
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(5_000)
    await expectNothingWrong(road, { restMinutes: 5 })
  })
})
