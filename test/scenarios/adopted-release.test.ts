import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { adoptItem } from '../../src/commands/adopt-item.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { LANES } from '../../src/store/dirty.ts'
import { claimMirrors, insertMirror } from '../../src/store/mirrors.ts'
import { insertRelease } from '../../src/store/releases.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildRoad, TRACKER_MAPPING } from '../support/road.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

it('follows a release that a work item made at the same moment: its dates would else wait for a sweep', async () => {
  const road = await buildRoad({ db: test.db, seed: 41 })
  await road.converge(3)
  const { id } = road.tracker.humanRelease('ENG', '2.1.0', { due: '2026-04-01' })
  const now = road.clock.now()
  const { newId } = road.deps.runner
  await road.db.transaction().execute((tx) =>
    insertMirror(tx, {
      id: newId(),
      connectionId: road.ids.tracker,
      kind: 'release',
      recordId: null,
      container: 'ENG',
      remoteId: id,
      state: 'candidate',
      lane: LANES.change,
      why: 'new there',
      now,
    }),
  )
  const [mirror] = await claimMirrors(road.db, {
    connectionId: road.ids.tracker,
    limit: 1,
    worstLane: LANES.backfill,
    now,
  })
  if (mirror === undefined) throw new Error('nothing was claimed')
  const made = road.db.transaction().execute(async (tx) => {
    await insertRelease(tx, { id: newId(), productId: road.ids.product, name: '2.1.0', at: now })
    // long enough for the other to wait for us, where transactions run side by side
    await pause(100)
  })
  const adopted = road.db.transaction().execute((tx) =>
    adoptItem(
      tx,
      { newId, now, actor: SYSTEM, cause: 'adopted', lane: LANES.change },
      {
        mirror,
        mapping: TRACKER_MAPPING,
        format: 'html',
        shown: {
          ref: { id },
          kind: 'release',
          key: '2.1.0',
          url: 'https://tracker.example/2.1.0',
          container: 'ENG',
          fields: { title: '2.1.0' },
          statusCategory: null,
          nextStatuses: null,
          comments: null,
          attachments: null,
          links: null,
          people: [],
          createdAt: null,
          updatedAt: null,
          version: null,
          createdByUs: false,
        },
      },
    ),
  )
  await made
  expect(await adopted).toBe('adopted')
  await road.converge(5)
  const releases = await road.db.selectFrom('release').select(['name', 'planned_to']).execute()
  expect(releases).toEqual([{ name: '2.1.0', planned_to: '2026-04-01' }])
  await road.close()
})
