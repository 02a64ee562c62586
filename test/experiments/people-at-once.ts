import { claimMirrors, finishMirror, holdsMirror } from '../../src/store/mirrors.ts'
import { buildRoad } from '../support/road.ts'
import { type Experiment, must, zero } from './experiment.ts'

/** R9: clocks and leases. */

export const leases: Experiment = {
  id: 'R9',
  title: 'a worker that wakes with an expired lease, its clock ten minutes off',
  run: async (test) => {
    const road = await buildRoad({ db: test.db, seed: 9 })
    await road.converge(3)
    road.desk.humanCreate({ container: 'support', fields: { title: 'Leased' } })
    await road.converge(3)
    await road.db
      .updateTable('mirror')
      .set((is) => ({ dirty_seq: is('dirty_seq', '+', 1) }))
      .execute()
    const claim = (now: Date) =>
      claimMirrors(road.db, { connectionId: road.ids.desk, limit: 1, worstLane: 3, now })
    const start = road.clock.now()
    const [slept] = await claim(start)
    const [early] = await claim(new Date(start.getTime() + 60_000))
    const [next] = await claim(new Date(start.getTime() + 121_000))
    const wrote =
      slept === undefined
        ? true
        : await road.db
            .transaction()
            .execute((tx) =>
              finishMirror(tx, { id: slept.id, fence: slept.fence, cleanSeq: slept.dirty_seq }),
            )
    const held =
      slept === undefined
        ? true
        : await road.db.transaction().execute((tx) => holdsMirror(tx, slept.id, slept.fence))
    await road.close()
    const twoHolders = early === undefined ? 0 : 1
    const oldFence = (wrote ? 1 : 0) + (held ? 1 : 0)
    return {
      seed: 9,
      counts: { 'two holders': twoHolders, 'writes with an old fence': oldFence },
      failures: [
        ...zero('two holders', twoHolders),
        ...zero('writes with an old fence', oldFence),
        ...must('taken over', next === undefined ? 0 : 1, next !== undefined, '1'),
      ],
    }
  },
}
