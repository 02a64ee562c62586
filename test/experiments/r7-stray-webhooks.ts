import { violations } from '../support/never.ts'
import { buildRoad, type Road } from '../support/road.ts'
import { comeToRest, newTickets } from './desk-work.ts'
import { type Experiment, must, zero } from './experiment.ts'

/**
 * R7: every webhook comes three times and out of order, a fifth never, a third of them minutes to a day late. What the
 * hub shows is compared with the last thing each person did, and a day later, when the last old notice has come, again.
 */
const LATE_MS = [60_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000]
const ROUNDS = 5

export const webhooks: Experiment = {
  id: 'R7',
  title: 'each webhook three times and shuffled, a fifth dropped, a third up to a day late',
  run: async (test, scale) => {
    const road = await buildRoad({ db: test.db, seed: 7 })
    await road.converge(3)
    const tools = [road.desk, road.tracker]
    for (const tool of tools)
      tool.faults.chance({ hookDoubled: 1, hookShuffled: 1, hookDropped: 0.2, hookLate: 0.33 })
    const made = newTickets(road.desk, scale === 'long' ? 250 : 5)
    const model = new Map<string, string>()
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const tool of tools)
        tool.faults.times({ hookCopies: 3, hookLateMs: LATE_MS[round % LATE_MS.length] ?? 0 })
      for (const [index, ticket] of made.entries()) {
        model.set(ticket.id, `${round}.${index}`)
        road.desk.humanEdit(ticket.id, { 'cf:Version': `${round}.${index}` })
        if (round === 2) road.desk.humanComment(ticket.id, `<p>says number-${index}</p>`, { by: 'u-carla' })
      }
      for (const defect of road.tracker.items().filter((item) => item.kind === 'item'))
        road.tracker.humanEdit(defect.id, { 'cf:Decline reason': `${round}` })
      await road.settle()
      road.clock.advance(20_000)
    }
    const began = road.clock.now().getTime()
    while ((await unlikeModel(road, model)) > 0 && road.clock.now().getTime() - began < 3_600_000) {
      road.clock.advance(30_000)
      await road.settle()
    }
    const minutes = (road.clock.now().getTime() - began) / 60_000
    const struck = (fault: string): number =>
      tools.reduce((sum, tool) => sum + (tool.faults.struck[fault] ?? 0), 0)
    const lateWaiting = tools.reduce((sum, tool) => sum + tool.hooksWaiting, 0)
    await comeToRest(road)
    const before = writes(road)
    for (const tool of tools) await tool.deliverHooks(true)
    await road.converge(10)
    const after = writes(road) - before
    const unlike = await unlikeModel(road, model)
    const wrong = await violations(road, { atRest: true })
    await road.close()
    return {
      seed: 7,
      counts: {
        items: made.length,
        'sent three times': struck('hookDoubled'),
        dropped: struck('hookDropped'),
        late: struck('hookLate'),
        'equal after min': minutes,
        'late ones that came afterwards': lateWaiting,
        'writes they caused': after,
        'unlike the model': unlike,
        violations: wrong.length,
      },
      failures: [
        ...must('minutes until equal', minutes, minutes <= 15, 'at most 15'),
        ...must('dropped', struck('hookDropped'), struck('hookDropped') > 0, 'more than 0'),
        ...must('late ones', lateWaiting, lateWaiting > 0, 'more than 0'),
        ...zero('writes caused by late ones', after),
        ...zero('items unlike the model', unlike),
        ...wrong,
      ],
    }
  },
}

/** Tickets here whose version is not the last one a person gave there. */
const unlikeModel = async (road: Road, model: ReadonlyMap<string, string>): Promise<number> => {
  const rows = await road.db
    .selectFrom('mirror as m')
    .innerJoin('ticket as t', 't.id', 'm.record_id')
    .select(['m.remote_id', 't.release_version'])
    .where('m.connection_id', '=', road.ids.desk)
    .execute()
  const here = new Map(rows.map((row) => [row.remote_id, row.release_version]))
  return [...model].filter(([id, version]) => here.get(id) !== version).length
}

const writes = (road: Road): number =>
  [road.desk, road.tracker].reduce((sum, tool) => sum + tool.calls.filter((call) => call.write).length, 0)
