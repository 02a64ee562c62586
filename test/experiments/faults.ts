import { violations } from '../support/never.ts'
import { buildRoad, type Road } from '../support/road.ts'
import { type Experiment, must } from './experiment.ts'

/** R17: poison. */

const tickets = (road: Road, count: number) =>
  Array.from({ length: count }, (_, index) =>
    road.desk.humanCreate(
      {
        container: 'support',
        fields: {
          title: `Trouble ${index}`,
          description: `<p>It is ${index}</p>`,
          'cf:Product': 'Portal',
          'cf:Severity': 'high',
          requester: 'u-carla',
          'cf:Escalate': 'yes',
        },
      },
      'u-carla',
    ),
  )
const defects = (road: Road) => road.tracker.items().filter((item) => item.kind === 'item')
const atRest = (road: Road): Promise<readonly string[]> => violations(road, { atRest: true })
export const poison: Experiment = {
  id: 'R17',
  title: 'poison values among others: only their own fields wait',
  run: async (test, scale) => {
    const road = await buildRoad({
      db: test.db,
      seed: 17,
      tracker: { normalise: { maxLength: { title: 200, description: 4_000 } } },
    })
    await road.converge(3)
    const count = scale === 'long' ? 100 : 20
    const made = tickets(road, count)
    road.desk.humanEdit(made[0]?.id ?? '', { title: 'x'.repeat(900) })
    road.desk.humanEdit(made[1]?.id ?? '', { description: '<p>y</p>'.repeat(4_000) })
    road.desk.humanEdit(made[2]?.id ?? '', { title: '{"__proto__":{"x":1}} \u202E' })
    await road.converge(20)
    const arrived = defects(road).length
    const held = await road.db.selectFrom('hold').select(['mirror_id', 'reason']).execute()
    const wrong = await atRest(road)
    const waiting = new Set(held.map((hold) => hold.mirror_id)).size
    await road.close()
    return {
      seed: 17,
      counts: {
        items: count,
        arrived,
        holds: held.length,
        'items that wait': waiting,
        violations: wrong.length,
      },
      failures: [
        ...must('items that arrived', arrived, arrived >= count - 1, `at least ${count - 1}`),
        ...must(
          'items that wait',
          waiting,
          waiting >= 1 && waiting <= 6,
          'those of the three poisoned pairs',
        ),
        ...wrong,
      ],
    }
  },
}
