import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import { markConnectionDirty } from '../../src/store/configuration.ts'
import { LANES } from '../../src/store/dirty.ts'
import { type ClaimedMirror, claimMirrors, finishMirror } from '../../src/store/mirrors.ts'
import { startWorker } from '../../src/worker/start-worker.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { escalated } from '../support/escalated.ts'
import { buildRoad, type Road } from '../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

/** As a saved mapping does: another version counts, and every mirror is to be looked at by it. */
const saveMapping = async (): Promise<void> => {
  await road.db.transaction().execute(async (tx) => {
    const { document } = await tx
      .selectFrom('mapping')
      .select('document')
      .where('connection_id', '=', road.ids.desk)
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('mapping')
      .values({
        connection_id: road.ids.desk,
        version: 2,
        document: JSON.stringify(document),
        made_at: road.clock.now(),
        made_by: JSON.stringify(SYSTEM),
      })
      .execute()
    await tx.updateTable('connection').set({ mapping_version: 2 }).where('id', '=', road.ids.desk).execute()
    await markConnectionDirty(tx, road.ids.desk, 'new mapping', road.clock.now())
  })
}

const mirrors = () =>
  road.db
    .selectFrom('mirror')
    .select(['mapping_version', 'dirty_seq', 'clean_seq'])
    .where('connection_id', '=', road.ids.desk)
    .where('state', '=', 'live')
    .execute()

/** By which mapping each was looked at, and whether nothing is left to look at. */
const seen = async (): Promise<readonly unknown[]> =>
  (await mirrors()).map((one) => [one.mapping_version, one.dirty_seq === one.clean_seq])

const claim = (mapping_version: number): Promise<readonly ClaimedMirror[]> =>
  claimMirrors(road.db, {
    connectionId: road.ids.desk,
    limit: 10,
    worstLane: LANES.backfill,
    now: road.clock.now(),
    by: { version: 1, mapping_version },
  })

describe('a mapping that is saved while the worker is at work', () => {
  it('is what its mirrors are looked at by, though the worker opened the connection a moment before', async () => {
    road = await buildRoad({ db: test.db, seed: 77 })
    await escalated(road)
    await road.converge(5)
    const clock = { now: () => road.clock.now(), sleep: (ms: number) => sleep(Math.min(ms, 10)) }
    // time stands still: whatever the worker does only once a second, it does once
    const worker = startWorker({ ...road.deps, clock }, { slots: 8, idleMs: 10 })
    try {
      await road.db
        .transaction()
        .execute((tx) => markConnectionDirty(tx, road.ids.desk, 'look', road.clock.now()))
      road.deps.runner.signal.notify()
      await expect.poll(seen, { timeout: 15_000 }).toEqual([[1, true]])
      await saveMapping()
      road.deps.runner.signal.notify()
      await expect.poll(seen, { timeout: 15_000 }).toEqual([[2, true]])
    } finally {
      await worker.stop()
    }
  })

  it('lets nobody claim who works by the one before', async () => {
    road = await buildRoad({ db: test.db, seed: 78 })
    await escalated(road)
    await road.converge(5)
    await saveMapping()
    expect(await claim(1)).toEqual([])
    expect(await claim(2)).toHaveLength(1)
  })

  it('leaves a mirror dirty that was looked at by the one before, because the mark may be its own', async () => {
    road = await buildRoad({ db: test.db, seed: 79 })
    await escalated(road)
    await road.converge(5)
    await saveMapping()
    const [mirror] = await claim(2)
    if (mirror === undefined) throw new Error('nothing was claimed')
    const finish = (mappingVersion: number): Promise<boolean> =>
      road.db.transaction().execute((tx) =>
        finishMirror(tx, {
          id: mirror.id,
          fence: mirror.fence,
          cleanSeq: mirror.dirty_seq,
          mappingVersion,
        }),
      )
    expect(await finish(1)).toBe(true)
    expect((await mirrors()).map((one) => one.dirty_seq === one.clean_seq)).toEqual([false])
    expect(await finish(2)).toBe(true)
    expect((await mirrors()).map((one) => one.dirty_seq === one.clean_seq)).toEqual([true])
  })
})
