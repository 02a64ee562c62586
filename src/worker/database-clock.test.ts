import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import type { Clock } from '../lib/clock.ts'
import { databaseClock } from './database-clock.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

const HALF_A_MINUTE = 30_000
const offBy = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms), sleep: async () => {} })

describe('the clock of a worker', () => {
  it.each([600_000, -600_000])(
    'is put right by the database when its machine is %i ms off, because workers compare what they noted',
    async (ms) => {
      const clock = databaseClock(offBy(ms), test.db)
      expect(Math.abs(clock.now().getTime() - Date.now())).toBeGreaterThan(HALF_A_MINUTE)
      await clock.follow()
      expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(HALF_A_MINUTE)
    },
  )

  it('is left as it is on a machine that keeps its time, because a difference that small may be the way there', async () => {
    let told = new Date()
    const own: Clock = {
      now: () => {
        told = new Date(Date.now() + 400)
        return told
      },
      sleep: async () => {},
    }
    const clock = databaseClock(own, test.db)
    await clock.follow()
    expect(clock.now()).toEqual(told)
  })

  it('does not believe a look during which the process was stopped', async () => {
    let passed = 0
    let stopsFor = 0
    const own: Clock = {
      now: () => {
        const at = new Date(Date.now() + 600_000 + passed)
        // between asking and hearing the answer
        passed += stopsFor
        return at
      },
      sleep: async () => {},
    }
    const clock = databaseClock(own, test.db)
    await clock.follow()
    // its clock was put back a little, so that it asks again
    passed = -1_100
    stopsFor = 90_000
    await clock.follow()
    stopsFor = 0
    expect(Math.abs(own.now().getTime() - clock.now().getTime() - 600_000)).toBeLessThan(1_000)
  })

  it('steps back by no look that says a little less than the one before', async () => {
    let ms = 600_000
    let each = 0
    const own: Clock = {
      now: () => {
        ms += each
        return new Date(Date.now() + ms)
      },
      sleep: async () => {},
    }
    const clock = databaseClock(own, test.db)
    await clock.follow()
    const ahead = own.now().getTime() - clock.now().getTime()
    // asked again after more than a second (a real one: the database's goes on as well); the way there and back takes 400 ms
    await sleep(1_100)
    each = 400
    await clock.follow()
    each = 0
    // a step would be hundreds of milliseconds; a few may pass between the two looks of this line
    expect(Math.abs(own.now().getTime() - clock.now().getTime() - ahead)).toBeLessThan(50)
  })

  it('follows when the database jumps, because leases do', async () => {
    let ms = 600_000
    const clock = databaseClock({ now: () => new Date(Date.now() + ms), sleep: async () => {} }, test.db)
    await clock.follow()
    // our clock goes back by what the database's would go forward: all a follower can see is the difference
    ms = -600_000
    await clock.follow()
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(HALF_A_MINUTE)
  })
})
