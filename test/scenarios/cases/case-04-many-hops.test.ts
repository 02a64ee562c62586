import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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

describe('case 4: a transition with several hops, its events reversed and doubled', () => {
  it('goes forward hop by hop, never back, and then is still', async () => {
    road = await buildRoad({
      db: test.db,
      seed: 41,
      trackerMapping: {
        status: {
          owner: 'hub',
          toHub: {
            triage: 'triage',
            backlog: 'backlog',
            ready: 'ready',
            'in progress': 'started',
            'in review': 'in review',
            verifying: 'verifying',
            done: 'done',
            declined: 'declined',
            duplicate: 'duplicate',
          },
          toTool: [{ when: 'done', to: 'done' }],
        },
      },
    })
    const { defect } = await escalated(road)
    road.tracker.faults.chance({ hookDoubled: 1, hookShuffled: 1, hookLate: 0.3 })
    const { moveWorkItem } = await import('../../../src/commands/move-work-item.ts')
    const item = await road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
    for (const to of ['backlog', 'ready', 'started', 'in review', 'verifying', 'done'] as const) {
      await road.run({ kind: 'system', id: 'system', name: 'Causeway' }, moveWorkItem, {
        workItem: item.id,
        to,
      })
    }
    await road.converge(15)
    const moves = road.tracker.ledger.flatMap((line) =>
      line.itemId === defect && line.op === 'transition' ? [String(line.after?.['status'])] : [],
    )
    expect(moves).toEqual(['backlog', 'in progress', 'in review', 'verifying', 'done'])
    expect(road.tracker.faults.struck['hookDoubled']).toBeGreaterThan(0)
    road.tracker.faults.clear()
    await expectNothingWrong(road)
  })

  it('follows a person who walks it there, in any order of notices, without a write of ours', async () => {
    road = await buildRoad({ db: test.db, seed: 42 })
    const { defect } = await escalated(road)
    road.tracker.faults.chance({ hookDoubled: 0.5, hookShuffled: 1 })
    for (const status of ['backlog', 'in progress', 'in review', 'verifying', 'done'])
      road.tracker.humanEdit(defect, { status })
    await road.converge(5)
    expect((await road.db.selectFrom('work_item').select('state').executeTakeFirst())?.state).toBe('done')
    expect(road.tracker.ledger.filter((line) => line.op === 'transition' && line.via === 'api')).toEqual([])
    road.tracker.faults.clear()
    await expectNothingWrong(road)
  })
})
