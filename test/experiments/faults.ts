import { countLedger } from '../../src/connectors/demo/fake.ts'
import { earlyCalls } from '../support/early-calls.ts'
import { violations } from '../support/never.ts'
import { buildRoad, type Road } from '../support/road.ts'
import { type Experiment, must, zero } from './experiment.ts'

/** R4, R5, R6, R7 and R17: tools that are away, that refuse, that lose answers, notices that go astray, poison. */

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
const rest = async (road: Road): Promise<void> => {
  for (const tool of [road.desk, road.tracker]) tool.faults.clear()
  await road.converge(20)
  road.clock.advance(16 * 60_000)
  await road.converge(20)
}

export const outage: Experiment = {
  id: 'R4',
  title: 'one tool away for an hour: the other goes on, one notice each way',
  run: async (test, scale) => {
    const road = await buildRoad({ db: test.db, seed: 4, secondDesk: {} })
    await road.converge(3)
    const count = scale === 'long' ? 60 : 10
    road.tracker.faults.chance({ down: 1 })
    tickets(road, count)
    for (let minute = 0; minute < 60; minute += 6) {
      road.clock.advance(360_000)
      await road.settle()
    }
    const made = road.desk2?.humanCreate({ container: 'support', fields: { title: 'Meanwhile' } })
    await road.settle()
    const elsewhere = await road.db
      .selectFrom('mirror')
      .select('state')
      .where('remote_id', '=', made?.id ?? '')
      .where('connection_id', '=', road.ids.desk2)
      .executeTakeFirst()
    road.tracker.faults.clear()
    const back = road.clock.now().getTime()
    while (defects(road).length < count && road.clock.now().getTime() - back < 3_600_000) {
      road.clock.advance(10_000)
      await road.settle()
    }
    const drained = Math.round((road.clock.now().getTime() - back) / 1000)
    await rest(road)
    const notices = await road.db
      .selectFrom('event')
      .select('kind')
      .where('kind', 'in', ['connection.down', 'connection.up'])
      .where('connection_id', '=', road.ids.tracker)
      .execute()
    const wrong = await atRest(road)
    await road.close()
    return {
      seed: 4,
      counts: {
        items: count,
        'drained in s': drained,
        notices: notices.length,
        'other tool': elsewhere?.state ?? 'stopped',
        violations: wrong.length,
      },
      failures: [
        ...must('seconds to drain', drained, drained <= 600, 'at most 600'),
        ...must('notices', notices.length, notices.length === 2, '2'),
        ...must('other tool live', 0, elsewhere?.state === 'live', 'live'),
        ...wrong,
      ],
    }
  },
}

export const refusals: Experiment = {
  id: 'R5',
  title: '30 % 429 with Retry-After, 10 % 500, 5 % without an answer, 1 % half an answer',
  run: async (test, scale) => {
    const road = await buildRoad({ db: test.db, seed: 5 })
    await road.converge(3)
    const count = scale === 'long' ? 60 : 12
    for (const tool of [road.desk, road.tracker]) {
      tool.faults.times({ retryAfterS: 20 })
      tool.faults.chance({ rate: 0.3, serverError: 0.1, hang: 0.05, halfBody: 0.01 })
    }
    tickets(road, count)
    for (let step = 0; step < 400 && defects(road).length < count; step += 1) {
      road.clock.advance(20_000)
      await road.settle()
    }
    const early = earlyCalls(road.desk) + earlyCalls(road.tracker)
    const struck = Object.values(road.desk.faults.struck)
      .concat(Object.values(road.tracker.faults.struck))
      .reduce((sum, one) => sum + one, 0)
    await rest(road)
    const made = countLedger(road.tracker, { op: 'create', via: 'api' })
    const wrong = await atRest(road)
    await road.close()
    return {
      seed: 5,
      counts: {
        items: count,
        made,
        'faults struck': struck,
        'calls before Retry-After ended': early,
        violations: wrong.length,
      },
      failures: [
        ...zero('calls before Retry-After ended', early),
        ...must('items made', made, made === count, String(count)),
        ...wrong,
      ],
    }
  },
}

export const ambiguous: Experiment = {
  id: 'R6',
  title:
    'ambiguous writes: half of all answers lost after, a fifth of all calls lost before the tool did them',
  run: async (test, scale) => {
    const road = await buildRoad({ db: test.db, seed: 6, tracker: { indexLagMs: 60_000 } })
    await road.converge(3)
    const count = scale === 'long' ? 40 : 8
    for (const tool of [road.desk, road.tracker]) tool.faults.chance({ commitThenLose: 0.5, lostBefore: 0.2 })
    const made = tickets(road, count)
    await road.converge(30)
    for (const [index, ticket] of made.entries()) {
      road.desk.humanComment(ticket.id, `<p>says number-${index}</p>`, { by: 'u-carla' })
      road.desk.humanAttach(ticket.id, { name: `log-${index}.txt`, content: Buffer.from(`log ${index}`) })
    }
    for (const defect of defects(road)) road.tracker.humanEdit(defect.id, { status: 'in progress' })
    await road.converge(60)
    const struck =
      (road.tracker.faults.struck['commitThenLose'] ?? 0) +
      (road.desk.faults.struck['commitThenLose'] ?? 0) +
      (road.tracker.faults.struck['lostBefore'] ?? 0) +
      (road.desk.faults.struck['lostBefore'] ?? 0)
    await rest(road)
    const creates = countLedger(road.tracker, { op: 'create', via: 'api' })
    const comments = defects(road).reduce((sum, item) => sum + item.comments.length, 0)
    const files = defects(road).reduce((sum, item) => sum + item.attachments.length, 0)
    const wrong = await atRest(road)
    await road.close()
    return {
      seed: 6,
      counts: { items: count, 'answers lost': struck, creates, comments, files, violations: wrong.length },
      failures: [
        ...must('creates', creates, creates === count, String(count)),
        ...must('comments', comments, comments === count, String(count)),
        ...must('files', files, files === count, String(count)),
        ...must('answers lost', struck, struck >= count, `at least ${count}`),
        ...wrong,
      ],
    }
  },
}

export const webhooks: Experiment = {
  id: 'R7',
  title: 'each webhook doubled and shuffled, a fifth dropped, some a day late',
  run: async (test, scale) => {
    const road = await buildRoad({ db: test.db, seed: 7 })
    await road.converge(3)
    const count = scale === 'long' ? 40 : 8
    for (const tool of [road.desk, road.tracker]) {
      tool.faults.times({ hookLateMs: 24 * 3_600_000 })
      tool.faults.chance({ hookDoubled: 1, hookShuffled: 1, hookDropped: 0.2, hookLate: 0.2 })
    }
    const made = tickets(road, count)
    for (let round = 0; round < 5; round += 1) {
      for (const ticket of made) road.desk.humanEdit(ticket.id, { 'cf:Version': `1.${round}` })
      await road.settle()
      road.clock.advance(30_000)
    }
    const began = road.clock.now().getTime()
    let equal = false
    while (!equal && road.clock.now().getTime() - began < 3_600_000) {
      road.clock.advance(60_000)
      await road.settle()
      equal = (await atRest(road)).length === 0
    }
    const minutes = Math.round((road.clock.now().getTime() - began) / 60_000)
    const struck = road.desk.faults.struck
    for (const tool of [road.desk, road.tracker]) tool.faults.clear()
    await road.desk.deliverHooks(true)
    await road.tracker.deliverHooks(true)
    await road.converge(10)
    const wrong = await atRest(road)
    await road.close()
    return {
      seed: 7,
      counts: {
        items: count,
        dropped: struck['hookDropped'] ?? 0,
        doubled: struck['hookDoubled'] ?? 0,
        'equal after min': minutes,
        violations: wrong.length,
      },
      failures: [...must('minutes until equal', minutes, minutes <= 15, 'at most 15'), ...wrong],
    }
  },
}

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
