import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { requestSync } from '../../src/commands/request-sync.ts'
import { LANES } from '../../src/store/dirty.ts'
import { claimMirrors, finishMirror } from '../../src/store/mirrors.ts'
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

const ANNA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' } as const
const LATER_MS = 300_000

const later = (): Date => new Date(road.clock.now().getTime() + LATER_MS)

const askToLook = async (): Promise<void> => {
  const { key } = await road.db.selectFrom('work_item').select('key').executeTakeFirstOrThrow()
  await road.run(ANNA, requestSync, { key })
}

const tracker = () =>
  road.db
    .selectFrom('connection')
    .select(['blocked_until'])
    .where('id', '=', road.ids.tracker)
    .executeTakeFirstOrThrow()

describe('“Look again now”', () => {
  it('does not wait until the worker would ask a tool again that was away, because a person knows that it is back', async () => {
    road = await buildRoad({ db: test.db, seed: 81 })
    await escalated(road)
    await road.db
      .updateTable('connection')
      .set({ blocked_until: later(), down_since: road.clock.now() })
      .where('id', '=', road.ids.tracker)
      .execute()
    await askToLook()
    expect(await tracker()).toEqual({ blocked_until: null })
  })

  it('leaves a tool in peace that asked us to wait', async () => {
    road = await buildRoad({ db: test.db, seed: 82 })
    await escalated(road)
    await road.db
      .updateTable('connection')
      .set({ blocked_until: later() })
      .where('id', '=', road.ids.tracker)
      .execute()
    await askToLook()
    expect((await tracker()).blocked_until).not.toBeNull()
  })

  it('is not put off by a look that was under way and failed', async () => {
    road = await buildRoad({ db: test.db, seed: 83 })
    await escalated(road)
    await askToLook()
    const [mirror] = await claimMirrors(road.db, {
      connectionId: road.ids.tracker,
      limit: 1,
      worstLane: LANES.backfill,
      now: road.clock.now(),
    })
    if (mirror === undefined) throw new Error('nothing was claimed')
    const fail = (): Promise<boolean> =>
      road.db.transaction().execute((tx) =>
        finishMirror(tx, {
          id: mirror.id,
          fence: mirror.fence,
          cleanSeq: null,
          retryAt: later(),
          failedSeq: mirror.dirty_seq,
        }),
      )
    const retryAt = () =>
      road.db.selectFrom('mirror').select('retry_at').where('id', '=', mirror.id).executeTakeFirstOrThrow()
    await fail()
    expect((await retryAt()).retry_at, 'it failed, and waits').not.toBeNull()
    await askToLook()
    await fail()
    expect((await retryAt()).retry_at, 'asked for while it was under way').toBeNull()
  })
})
