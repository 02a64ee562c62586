import { moveWorkItem } from '../../src/commands/move-work-item.ts'
import { requestSync } from '../../src/commands/request-sync.ts'
import type { DemoItem, DemoTraits } from '../../src/connectors/demo/tool/model.ts'
import { joinExisting } from '../../src/worker/join-existing.ts'
import type { TestDatabase } from '../support/database.ts'
import { violations } from '../support/never.ts'
import { buildRoad, type Road, TRACKER_MAPPING } from '../support/road.ts'
import { blindRepeats, type Fate, type Passage, tapWire } from '../support/tap-wire.ts'
import { type Chance, chanceOf } from '../sync-fuzz/chance.ts'
import { ANNA } from '../sync-fuzz/people.ts'
import { comeToRest, defectsOf, newTickets } from './desk-work.ts'
import { type Experiment, must, zero } from './experiment.ts'

/**
 * R6: the tool does what it was told, and the answer never comes: the connection breaks, no answer in time, or our
 * process dies. Of every write the first try is lost, of every repeat a fifth; a few never reached the tool, which
 * looks the same from here. Judged by the tool's ledger and by what passed on the wire.
 */
const OPERATIONS = ['create', 'comment.add', 'transition', 'attach', 'link.add'] as const

interface Batch {
  readonly seed: number
  readonly items: number
  readonly lagS: number
  readonly idempotency: DemoTraits['idempotency']
}

/** 24 times 50 tickets are 1,200 of each write: with one in twelve never sent, over a thousand done and lost. */
const LONG: readonly Batch[] = Array.from({ length: 24 }, (_, index) => ({
  seed: 600 + index,
  items: 50,
  lagS: [0, 30, 60, 90, 120][index % 5] ?? 0,
  idempotency: index % 8 === 3 ? 'key' : index % 8 === 7 ? 'none' : 'marker',
}))
const SHORT: readonly Batch[] = [
  { seed: 61, items: 3, lagS: 60, idempotency: 'marker' },
  { seed: 62, items: 2, lagS: 0, idempotency: 'key' },
  { seed: 63, items: 2, lagS: 120, idempotency: 'none' },
]

interface Told {
  readonly lost: Record<string, number>
  readonly neverSent: number
  readonly crashes: number
  readonly double: number
  readonly missing: readonly string[]
  readonly blind: readonly string[]
  readonly handed: number
  readonly wrong: readonly string[]
}

export const ambiguous: Experiment = {
  id: 'R6',
  title: 'done, and the answer lost: create, comment, move, file, link; searches lag up to 120 s',
  run: async (test, scale) => {
    const told: Told[] = []
    for (const batch of scale === 'long' ? LONG : SHORT) told.push(await runBatch(test, batch))
    const sum = (of: (one: Told) => number): number => told.reduce((total, one) => total + of(one), 0)
    const lost = Object.fromEntries(OPERATIONS.map((op) => [`lost ${op}`, sum((one) => one.lost[op] ?? 0)]))
    const least = scale === 'long' ? 1_000 : 5
    const [double, missing] = [sum((one) => one.double), sum((one) => one.missing.length)]
    const blind = told.flatMap((one) => one.blind)
    return {
      seed: (scale === 'long' ? LONG : SHORT)[0]?.seed ?? 0,
      counts: {
        batches: told.length,
        ...lost,
        'never sent': sum((one) => one.neverSent),
        'our crashes': sum((one) => one.crashes),
        double,
        missing,
        'blind repeats': blind.length,
        'handed to a person': sum((one) => one.handed),
      },
      failures: [
        ...Object.entries(lost).flatMap(([name, count]) =>
          must(name, count, count >= least, `${least} or more`),
        ),
        ...must(
          'our crashes',
          sum((one) => one.crashes),
          sum((one) => one.crashes) > 0,
          'more than 0',
        ),
        ...zero('double', double),
        ...zero('missing', missing),
        ...blind,
        ...told.flatMap((one) => one.wrong),
      ],
    }
  },
}

const runBatch = async (test: TestDatabase, batch: Batch): Promise<Told> => {
  const chance = chanceOf(batch.seed)
  const road = await buildRoad({
    db: test.db,
    seed: batch.seed,
    tracker: { indexLagMs: batch.lagS * 1000, traits: { idempotency: batch.idempotency } },
    trackerMapping: {
      status: {
        owner: 'hub',
        toHub: TRACKER_MAPPING.status?.toHub ?? {},
        toTool: [{ when: 'backlog', to: 'backlog' }],
      },
    },
  })
  let isCalm = false
  const tried = new Set<string>()
  const wire = tapWire(road.tracker, (passing) => {
    if (isCalm || !OPERATIONS.some((op) => op === passing.op)) return 'answered'
    const what = `${passing.op} ${passing.about} ${passing.words}`
    const isFirst = !tried.has(what)
    tried.add(what)
    if (!isFirst && !chance.happens(0.2)) return 'answered'
    const fate = fateOf(chance)
    if (fate === 'crash') road.crashAt('after-call')
    return fate
  })
  await road.converge(2)
  const tickets = newTickets(road.desk, batch.items)
  const wrong: string[] = []
  await untilMade(road, batch)
  const handed = await handedOver(road, wire, batch, wrong)
  for (const [index, ticket] of tickets.entries()) {
    road.desk.humanComment(ticket.id, `<p>says number-${index}</p>`, { by: 'u-carla' })
    road.desk.humanAttach(ticket.id, { name: `log-${index}.txt`, content: Buffer.from(`log ${index}`) })
  }
  for (const item of await road.db.selectFrom('work_item').select('id').execute()) {
    const moved = await road.run(ANNA, moveWorkItem, { workItem: item.id, to: 'backlog' })
    if (!moved.ok) wrong.push(`a move was refused: ${moved.error.detail}`)
  }
  await road.converge(60)
  isCalm = true
  await comeToRest(road)
  wrong.push(...(await violations(road, { atRest: true })))
  const items = defectsOf(road)
  const { double, missing } = countWrites(road, items, batch.items)
  const told = {
    lost: Object.fromEntries(OPERATIONS.map((op) => [op, doneAndLost(wire, op).length])),
    neverSent: wire.filter((one) => one.fate === 'never sent').length,
    crashes: road.crashes,
    double,
    missing,
    blind: blindRepeats(wire, batch.idempotency === 'key'),
    handed,
    wrong: [...wrong, ...missing.map((what) => `missing: ${what}`)].map(
      (one) => `batch ${batch.seed} (${batch.idempotency}, lag ${batch.lagS} s): ${one}`,
    ),
  }
  await road.close()
  return told
}

const fateOf = (chance: Chance): Fate =>
  chance.weighted<Fate>([
    [5, 'reset'],
    [5, 'timeout'],
    [1, 'crash'],
    [1, 'never sent'],
  ])

const doneAndLost = (wire: readonly Passage[], op: string): readonly Passage[] =>
  wire.filter((one) => one.op === op && one.fate !== 'answered' && one.fate !== 'never sent')

/** Until each is made, or waits for a person where the tool cannot tell. */
const untilMade = async (road: Road, batch: Batch): Promise<void> => {
  const few = batch.idempotency === 'none' ? 2 : 20
  for (let look = 0; look < few && defectsOf(road).length < batch.items; look += 1) await road.converge(10)
}

/** Each of the five once in every item, by the ledger. */
const countWrites = (
  road: Road,
  items: readonly DemoItem[],
  wanted: number,
): { readonly double: number; readonly missing: readonly string[] } => {
  let double = 0
  const missing = Array.from({ length: Math.max(0, wanted - items.length) }, () => 'a create')
  const lines = Map.groupBy(
    road.tracker.ledger.filter((line) => line.via === 'api' && line.changed),
    (line) => line.itemId,
  )
  for (const item of items) {
    const ours = lines.get(item.id) ?? []
    for (const op of OPERATIONS) {
      const count = ours.filter((line) => line.op === op).length
      if (count > 1) double += count - 1
      if (count === 0) missing.push(`${op} of ${item.key}`)
    }
  }
  return { double: double + Math.max(0, items.length - wanted), missing }
}

/**
 * A tool with neither key nor marker: a person is told why and of both ways on, and takes the one that fits what stands
 * in the tool. Elsewhere nobody is asked.
 */
const handedOver = async (
  road: Road,
  wire: readonly Passage[],
  batch: Batch,
  wrong: string[],
): Promise<number> => {
  let handed = 0
  for (let round = 0; round < 6; round += 1) {
    const holds = await road.db
      .selectFrom('hold as h')
      .innerJoin('mirror as m', 'm.id', 'h.mirror_id')
      .innerJoin('work_item as w', 'w.id', 'm.record_id')
      .select(['h.reason', 'h.next_step', 'w.key'])
      .where('h.code', '=', 'unknown-write')
      .execute()
    if (holds.length === 0) break
    handed += holds.length
    for (const hold of holds) {
      const waysOn = hold.next_step.includes('connect') && hold.next_step.includes('--create-again')
      if (hold.reason === '' || !waysOn)
        wrong.push(
          `${hold.key} waits without a reason or one of the ways on: ${hold.reason} ${hold.next_step}`,
        )
    }
    await decide(
      road,
      holds.map((hold) => hold.key),
    )
    await road.converge(10)
  }
  const lost = wire.filter((one) => one.op === 'create' && one.fate !== 'answered').length
  // beside the call after which we died there may have been others under way, one in each other slot
  const most = batch.idempotency === 'none' ? lost + 7 * road.crashes : 0
  const least = batch.idempotency === 'none' ? lost : 0
  wrong.push(
    ...must('items handed to a person', handed, handed >= least && handed <= most, `${least} to ${most}`),
  )
  return handed
}

/** What stands in the tool is connected, by its title; the rest is made again. */
const decide = async (road: Road, keys: readonly string[]): Promise<void> => {
  const [desk, tracker] = [await road.worker.open('desk'), await road.worker.open('tracker')]
  if (desk === null || tracker === null) throw new Error('the connections are open')
  road.clock.advance(300_000)
  await joinExisting(road.deps, desk, tracker, {
    rule: { titleWithinHours: 24 },
    apply: true,
    write: true,
    actor: ANNA,
  })
  for (const key of keys) {
    const made = await road.db
      .selectFrom('mirror as m')
      .innerJoin('work_item as w', 'w.id', 'm.record_id')
      .select('m.remote_id')
      .where('w.key', '=', key)
      .where('m.remote_id', 'is not', null)
      .executeTakeFirst()
    if (made === undefined) await road.run(ANNA, requestSync, { key, createAgain: true })
  }
}
