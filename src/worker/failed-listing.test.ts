import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { buildRoad, type Road } from '../../test/support/road.ts'
import { claimConnection } from '../store/connections.ts'
import { RemoteFault } from '../sync/fault.ts'
import { orGivenBack } from './failed-listing.ts'
import { onceBack } from './once-back.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const claim = async () => {
  const row = await claimConnection(road.db, road.ids.desk, 'poll', road.clock.now())
  if (row === null) throw new Error('the poll is not due')
  return row
}
const leaseNow = async (): Promise<Date | null> =>
  (
    await road.db
      .selectFrom('connection')
      .select('lease_until')
      .where('id', '=', road.ids.desk)
      .executeTakeFirstOrThrow()
  ).lease_until
const fails = async (): Promise<void> => {
  throw new RemoteFault('down', 'away')
}

describe('a listing that fails', () => {
  it('gives its lease back, so that the next one need not wait for it to run out', async () => {
    road = await buildRoad({ db: test.db, seed: 6 })
    await expect(orGivenBack(road.deps, await claim(), 'poll', fails)).rejects.toThrow('away')
    expect(await leaseNow()).toBeNull()
  })

  it('leaves the lease of whoever took over meanwhile alone: two would list at once', async () => {
    road = await buildRoad({ db: test.db, seed: 6 })
    const slept = await claim()
    road.clock.advance(600_000)
    const next = await claim()
    await expect(orGivenBack(road.deps, slept, 'poll', fails)).rejects.toThrow('away')
    expect(await leaseNow()).toEqual(next.lease_until)
  })

  it('is given back once the database answers again, because it may be away for the same reason', async () => {
    road = await buildRoad({ db: test.db, seed: 6 })
    let tries = 0
    await onceBack(road.deps, async () => {
      tries += 1
      if (tries < 3) throw new Error('Connection terminated unexpectedly')
    })
    expect(tries).toBe(3)
  })
})
