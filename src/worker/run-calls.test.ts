import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { escalated } from '../../test/support/escalated.ts'
import { buildRoad, type Road } from '../../test/support/road.ts'
import { countLedger } from '../connectors/demo/fake.ts'
import type { NewAttempt } from '../store/attempts.ts'
import { LEASE_SECONDS } from '../store/lease.ts'
import type { Operation } from '../sync/connector.ts'
import type { OpenConnection } from './open-connection.ts'
import { runCalls } from './run-calls.ts'
import { stillHeld } from './still-held.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const attemptTo = (operation: Operation): NewAttempt => ({
  id: '00000000-0000-7000-8000-0000000000aa',
  planned: { operation, fields: [], status: null, element: null, link: null },
})

/** The tracker's mirror as one worker claimed it, and its connection as opened. */
const claimed = async () => {
  road = await buildRoad({ db: test.db, seed: 5 })
  const { defect } = await escalated(road)
  const connection = await road.worker.open('tracker')
  if (connection === null) throw new Error('the tracker is not open')
  const mirror = await road.db
    .selectFrom('mirror')
    .select(['id', 'fence'])
    .where('connection_id', '=', road.ids.tracker)
    .where('remote_id', '=', defect)
    .executeTakeFirstOrThrow()
  const loaded = {
    mirror: mirror as Parameters<typeof stillHeld>[1]['mirror'],
    loadedAt: road.clock.now().getTime(),
  }
  return { connection, defect, mirror, held: stillHeld(road.deps, loaded) }
}

const takenOver = async (id: string): Promise<void> => {
  road.clock.advance(LEASE_SECONDS * 1000 + 1)
  await road.db
    .updateTable('mirror')
    .set((is) => ({ fence: is('fence', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

describe('a call that waited', () => {
  it('for its turn in the budget is not made once another worker has the mirror: that one may have made it', async () => {
    const { connection, defect, mirror, held } = await claimed()
    const slow: OpenConnection = { ...connection, turn: () => takenOver(mirror.id) }
    const said = attemptTo({ op: 'comment.add', ref: { id: defect }, text: 'late', visibility: 'public' })
    const result = await runCalls(road.deps, slow, [said], held)
    expect(result).toMatchObject({ lost: true, ends: [] })
    expect(countLedger(road.tracker, { op: 'comment.add', via: 'api' })).toBe(0)
  })

  it('in a process that was stopped right before it is not made either', async () => {
    const { connection, defect, held } = await claimed()
    // the mirror was taken over before: only the clock says, at the very last, that this is long ago
    await road.db
      .updateTable('mirror')
      .set((is) => ({ fence: is('fence', '+', 1) }))
      .execute()
    const deps = { ...road.deps, crashPoint: () => road.clock.advance(90_000) }
    const set = attemptTo({
      op: 'update',
      ref: { id: defect },
      fields: { 'cf:Version': 'old' },
      version: null,
    })
    expect(await runCalls(deps, connection, [set], held)).toMatchObject({ lost: true })
    expect(road.tracker.item(defect)?.fields['cf:Version']).not.toBe('old')
  })
})
