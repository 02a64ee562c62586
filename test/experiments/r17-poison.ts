import { requestSync } from '../../src/commands/request-sync.ts'
import type { DemoTool } from '../../src/connectors/demo/fake.ts'
import { demoTools } from '../../src/connectors/demo/instances.ts'
import type { ToolAnswer } from '../../src/connectors/demo/tool/answer.ts'
import type { ToolRequest } from '../../src/connectors/demo/tool/routes.ts'
import { parseBoundedJson } from '../../src/lib/bounded-json.ts'
import { compile } from '../../src/lib/expression.ts'
import type { TestDatabase } from '../support/database.ts'
import { violations } from '../support/never.ts'
import { buildRoad, type Road, testClock } from '../support/road.ts'
import { ANNA } from '../sync-fuzz/people.ts'
import { type Experiment, must, zero } from './experiment.ts'

/**
 * R17: one event in a thousand (in the short form one in twenty) is about an item whose answer cannot be read. Each call
 * costs the one clock of the run its latency, and all events of a round come at once: how much of that time the same
 * round takes longer with the poison is what the other links lose.
 *
 * A mapper that loops cannot be written: settings have no loops of their own, and an expression is weighed before it
 * runs. So for that kind the count is of such expressions refused.
 */
const LATENCY_MS = 20

type Poison = 'nested' | 'huge' | 'fails' | 'prototype'
const POISONS: readonly Poison[] = ['nested', 'huge', 'fails', 'prototype']
/** These stop their link; a prototype is only left out. */
const STOPS: readonly Poison[] = ['nested', 'huge', 'fails']

const TEN = '[1,2,3,4,5,6,7,8,9,10]'
const LOOPING = [
  ['a', 'b', 'c', 'd', 'e', 'f', 'g'].reduceRight((inner, name) => `${TEN}.all(${name}, ${inner})`, 'a < 99'),
  'ticket.labels.map(a, ticket.labels.map(b, ticket.labels.map(c, ticket.labels.map(d, ticket.labels.map(e, ticket.labels)))))',
  'loop(ticket)',
  `${'('.repeat(1_500)}1${')'.repeat(1_500)}`,
]

export const poison: Experiment = {
  id: 'R17',
  title: 'one event in a thousand is poison: 1e5 brackets, 50 MB, an error, __proto__; the others go on',
  run: async (test, scale) => {
    const [items, rounds] = scale === 'long' ? [400, 10] : [20, 3]
    const clean = await runRounds(test, items, rounds, false)
    const told = await runRounds(test, items, rounds, true)
    const drop = 1 - clean.busyMs / told.busyMs
    const refused = LOOPING.filter((source) => !compile(source).ok).length
    return {
      seed: 17,
      counts: {
        events: items * rounds,
        poisoned: POISONS.length,
        'ms of the clock without': clean.busyMs,
        'ms of the clock with': told.busyMs,
        'others’ throughput lost %': Math.round(drop * 1000) / 10,
        'links stopped': told.stopped.length,
        'tries each': told.tries.join(' '),
        'others’ events that came': told.others,
        'notices of the connection': told.notices,
        'back after one click': told.back,
        'looping expressions refused': refused,
        violations: told.wrong.length,
      },
      failures: [
        ...must(
          'others’ throughput lost',
          drop,
          drop < (scale === 'long' ? 0.05 : 0.15),
          'under 5 %, of one in twenty 15 %',
        ),
        ...must(
          'links stopped',
          told.stopped.length,
          told.stopped.length === STOPS.length,
          String(STOPS.length),
        ),
        ...told.stopped.flatMap((reason) =>
          reason.length > 20 ? [] : [`a link stopped without a reason: ${reason}`],
        ),
        ...told.tries.flatMap((tries) => must('tries before a link stopped', tries, tries === 5, '5')),
        ...must('others’ events that came', told.others, told.others === clean.others, String(clean.others)),
        ...must('notices of the connection', told.notices, told.notices <= 2, 'at most 2'),
        ...must('back after one click', told.back, told.back === POISONS.length, String(POISONS.length)),
        ...must('looping expressions refused', refused, refused === LOOPING.length, String(LOOPING.length)),
        ...zero('polluted prototypes', 'polluted' in {} ? 1 : 0),
        ...told.wrong,
      ],
    }
  },
}

interface Told {
  readonly busyMs: number
  /** Reasons shown. */
  readonly stopped: readonly string[]
  readonly tries: readonly number[]
  /** Healthy items whose last edit is here. */
  readonly others: number
  readonly notices: number
  /** Poisoned items that show their last edit and words, in order, after the fix and one click. */
  readonly back: number
  readonly wrong: readonly string[]
}

const runRounds = async (
  test: TestDatabase,
  items: number,
  rounds: number,
  isPoisoned: boolean,
): Promise<Told> => {
  const clock = testClock()
  const road = await buildRoad({
    db: test.db,
    seed: 17,
    clock,
    desk: { sleep: async (ms) => clock.advance(ms), hookDelivery: 'manual' },
  })
  const poisoned = new Map<string, Poison>()
  const tries = new Map<string, number[]>()
  answerBadly(road.desk, poisoned, tries, () => clock.now().getTime())
  await road.converge(2)
  const made = Array.from({ length: items }, (_, index) =>
    road.desk.humanCreate({ container: 'support', fields: { title: `Trouble ${index}` } }, 'u-carla'),
  )
  await road.converge(5)
  const victims = made.slice(0, POISONS.length).map((item) => item.id)
  const healthy = made.slice(POISONS.length).map((item) => item.id)
  let busyMs = 0
  for (let round = 1; round <= rounds; round += 1) {
    if (round === 2 && isPoisoned)
      for (const [index, kind] of POISONS.entries()) poisoned.set(victims[index] ?? '', kind)
    road.desk.faults.times({ latencyMs: LATENCY_MS })
    const began = road.clock.now().getTime()
    for (const [index, id] of [...victims, ...healthy].entries()) {
      road.desk.humanEdit(id, { 'cf:Version': `${round}.${index}` })
      if (index < victims.length) road.desk.humanComment(id, `<p>says number-${round}</p>`, { by: 'u-carla' })
    }
    while (
      (await arrived(road, healthy, round)) < healthy.length &&
      road.clock.now().getTime() - began < 3_600_000
    ) {
      await road.settle()
      if ((await arrived(road, healthy, round)) < healthy.length) road.clock.advance(100)
    }
    busyMs += road.clock.now().getTime() - began
    road.desk.faults.times({ latencyMs: 0 })
    await road.converge(3)
  }
  const holds = await road.db
    .selectFrom('hold as h')
    .innerJoin('mirror as m', 'm.id', 'h.mirror_id')
    .select(['h.reason', 'h.since', 'm.remote_id'])
    .where('h.field', '=', 'item')
    .execute()
  // until it stopped: afterwards it is looked at now and then
  const triesEach = holds.map(
    (hold) => (tries.get(hold.remote_id ?? '') ?? []).filter((at) => at <= hold.since.getTime()).length,
  )
  const notices = await road.db
    .selectFrom('event')
    .select('kind')
    .where('kind', 'in', ['connection.down', 'connection.up'])
    .execute()
  poisoned.clear()
  for (const id of victims) await road.run(ANNA, requestSync, { key: id })
  await road.settle()
  const told = {
    busyMs,
    stopped: holds.map((hold) => hold.reason),
    tries: triesEach,
    others: await arrived(road, healthy, rounds),
    notices: notices.length,
    back: await cameBack(road, victims, rounds),
    wrong: await violations(road, { atRest: true }),
  }
  await road.close()
  return told
}

/** Reading a poisoned item gives what its poison says; every other request is answered as ever. */
const answerBadly = (
  tool: DemoTool,
  poisoned: ReadonlyMap<string, Poison>,
  tries: Map<string, number[]>,
  now: () => number,
): void => {
  const handle = async (request: ToolRequest): Promise<ToolAnswer> => {
    const id = /^\/api\/items\/([^/]+)$/u.exec(request.path)?.[1] ?? ''
    const kind = request.method === 'GET' ? poisoned.get(id) : undefined
    const answer = await tool.handle(request)
    if (kind === undefined || answer.as !== 'json') return answer
    tries.set(id, [...(tries.get(id) ?? []), now()])
    if (kind === 'fails')
      return { ...answer, status: 500, json: { error: 'undefined method for nil', field: null } }
    if (kind === 'nested')
      return { as: 'text', mediaType: 'application/json', text: `${'['.repeat(1e5)}${']'.repeat(1e5)}` }
    const text = JSON.stringify(answer.json)
    if (kind === 'prototype') return { ...answer, json: asRead(text.replace('"fields":{', PROTOTYPE)) }
    return {
      ...answer,
      json: JSON.parse(text.replace('"description":null', `"description":"${'x'.repeat(5e7)}"`)),
    }
  }
  demoTools.set(tool.name, Object.create(tool, { handle: { value: handle } }) as DemoTool)
}

const PROTOTYPE = '"fields":{"__proto__":{"polluted":1},'

/** As our HTTP client reads a body; the way within this process has none. */
const asRead = (text: string): unknown => {
  const read = parseBoundedJson(Buffer.from(text))
  return read.ok ? read.value : null
}

const arrived = async (road: Road, ids: readonly string[], round: number): Promise<number> =>
  Number(
    (
      await road.db
        .selectFrom('mirror as m')
        .innerJoin('ticket as t', 't.id', 'm.record_id')
        .select((is) => is.fn.countAll<number>().as('n'))
        .where('m.remote_id', 'in', [...ids])
        .where('t.release_version', 'like', `${round}.%`)
        .executeTakeFirst()
    )?.n ?? 0,
  )

const cameBack = async (road: Road, ids: readonly string[], rounds: number): Promise<number> => {
  const wanted = Array.from({ length: rounds }, (_, index) => `says number-${index + 1}`)
  let back = 0
  for (const [index, id] of ids.entries()) {
    const ticket = await road.db
      .selectFrom('mirror as m')
      .innerJoin('ticket as t', 't.id', 'm.record_id')
      .select(['t.id', 't.release_version'])
      .where('m.remote_id', '=', id)
      .executeTakeFirstOrThrow()
    const words = await road.db
      .selectFrom('message')
      .select('body')
      .where('record_id', '=', ticket.id)
      .orderBy('at')
      .orderBy('id')
      .execute()
    const said = words.map((row) => /says number-\d+/u.exec(JSON.stringify(row.body))?.[0])
    if (ticket.release_version === `${rounds}.${index}` && said.join() === wanted.join()) back += 1
  }
  return back
}
