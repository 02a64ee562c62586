import { claimMirrors, finishMirror, holdsMirror } from '../../src/store/mirrors.ts'
import { buildRoad } from '../support/road.ts'
import { type Experiment, must, zero } from './experiment.ts'

/** R9 and R12: clocks and leases, and bots that fight. */

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

export const bots: Experiment = {
  id: 'R12',
  title: 'a bot that writes its own value back whenever we write ours',
  run: async (test) => {
    const road = await buildRoad({ db: test.db, seed: 12 })
    await road.converge(3)
    const ticket = road.desk.humanCreate(
      {
        container: 'support',
        fields: { title: 'Fight', 'cf:Product': 'Portal', 'cf:Escalate': 'yes', 'cf:Severity': 'high' },
      },
      'u-carla',
    )
    await road.converge(3)
    const defect = road.tracker.items()[0]?.id ?? ''
    const before = road.tracker.ledger.length
    for (let second = 0; second < 120; second += 1) {
      if (road.tracker.item(defect)?.fields['cf:Severity'] !== 'low')
        road.tracker.humanEdit(defect, { 'cf:Severity': 'low' }, 'u-gita')
      road.clock.advance(5_000)
      await road.settle()
    }
    const writes = road.tracker.ledger
      .slice(before)
      .filter((line) => line.via === 'api' && line.after?.['cf:Severity'] !== undefined).length
    const held = await road.db.selectFrom('hold').select('code').where('code', '=', 'breaker').execute()
    const toCustomer = road.desk.ledger.filter(
      (line) =>
        line.itemId === ticket.id &&
        line.via === 'api' &&
        line.op === 'comment.add' &&
        line.after?.['visibility'] === 'public',
    ).length
    await road.close()
    return {
      seed: 12,
      counts: { 'writes in 10 min': writes, holds: held.length, 'words to the customer': toCustomer },
      failures: [
        ...must('writes in 10 min', writes, writes <= 6, 'at most 6'),
        ...must('holds', held.length, held.length === 1, '1'),
        ...must('words to the customer', toCustomer, toCustomer <= 1, 'at most 1'),
      ],
    }
  },
}
