import { addComment } from '../../src/commands/add-comment.ts'
import { changeTicket } from '../../src/commands/change-ticket.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import type { DemoTool } from '../../src/connectors/demo/fake.ts'
import { addDesk } from '../support/add-desk.ts'
import type { TestDatabase } from '../support/database.ts'
import { violations } from '../support/never.ts'
import { buildRoad, type Road, testClock } from '../support/road.ts'
import { chanceOf } from '../sync-fuzz/chance.ts'
import { ANNA, richText } from '../sync-fuzz/people.ts'
import { comeToRest, newTickets } from './desk-work.ts'
import { type Experiment, must, zero } from './experiment.ts'

/**
 * R4: four desks and a tracker, an edit every few seconds here or there; one tool refuses every connection for an hour.
 * Each call costs the one clock of the run its latency, as if there were a single line for all: what is asked of a dead
 * tool then delays the others more than it would in life. Delays are those of the same edits with and without the cut.
 */
const LATENCY_MS = 40

type CutTool = 'tracker' | 'desk5'

interface Course {
  readonly minutes: number
  readonly everyS: number
  /** Of each desk. */
  readonly items: number
}

interface Told {
  /** Milliseconds of the clock from each edit until the other side showed it; of the four tools that are never cut. */
  readonly delays: readonly number[]
  readonly never: number
  readonly outOfOrder: number
  readonly drainedS: number
  readonly notices: readonly string[]
  readonly refused: number
  readonly wrong: readonly string[]
}

export const outage: Experiment = {
  id: 'R4',
  title: 'one of five tools away for an hour: the others’ delays, order per item, draining, notices',
  run: async (test, scale) => {
    const course =
      scale === 'long' ? { minutes: 60, everyS: 5, items: 3 } : { minutes: 6, everyS: 30, items: 1 }
    // of a dozen edits the worst one counts, and one call to the dead tool in the same line is a tenth of it
    const most = scale === 'long' ? 1.2 : 1.5
    const counts: Record<string, number | string> = {}
    const failures: string[] = []
    for (const cut of scale === 'long' ? (['tracker', 'desk5'] as const) : (['desk5'] as const)) {
      const without = await runCourse(test, course, cut, false)
      const told = await runCourse(test, course, cut, true)
      const ratio = p95(told.delays) / p95(without.delays)
      const of = (name: string): string => `${cut}: ${name}`
      Object.assign(counts, {
        [of('edits')]: told.delays.length,
        [of('calls refused')]: told.refused,
        [of('p95 ms without')]: p95(without.delays),
        [of('p95 ms with')]: p95(told.delays),
        [of('drained in s')]: told.drainedS,
        [of('notices')]: told.notices.join(' '),
      })
      failures.push(
        ...must(of('p95 with ÷ without'), ratio, ratio <= most, `at most ${most}`),
        ...must(of('calls refused'), told.refused, told.refused > 5, 'more than 5'),
        ...zero(of('edits that never arrived'), told.never + without.never),
        ...zero(of('writes out of order'), told.outOfOrder + without.outOfOrder),
        ...must(of('seconds to drain'), told.drainedS, told.drainedS <= 600, 'at most 600'),
        ...(told.notices.join() === `${cut} down,${cut} up`
          ? []
          : [`${cut}: the notices were: ${told.notices.join()}`]),
        ...without.notices.map((notice) => `without a cut there was the notice ${notice}`),
        ...told.wrong,
      )
    }
    return { seed: 4, counts, failures }
  },
}

const p95 = (delays: readonly number[]): number =>
  [...delays].sort((a, b) => a - b)[Math.max(0, Math.ceil(delays.length * 0.95) - 1)] ?? 0

interface Linked {
  readonly key: string
  readonly tool: DemoTool
  readonly item: string
  readonly record: { readonly kind: 'ticket' | 'work item'; readonly id: string }
}

const runCourse = async (test: TestDatabase, course: Course, cut: CutTool, isCut: boolean): Promise<Told> => {
  const clock = testClock()
  // webhooks leave when they are told to: one that is still on its way when the worker looks would count as a delay
  const slow = { sleep: async (ms: number) => clock.advance(ms), hookDelivery: 'manual' } as const
  const road = await buildRoad({ db: test.db, seed: 4, clock, desk: slow, tracker: slow, secondDesk: slow })
  const more = [await addDesk(road, 'desk4', clock), await addDesk(road, 'desk5', clock)]
  const tools = new Map<string, DemoTool>([
    ['desk', road.desk],
    ['tracker', road.tracker],
    ['desk2', road.desk2 ?? road.desk],
    ['desk4', more[0]?.tool ?? road.desk],
    ['desk5', more[1]?.tool ?? road.desk],
  ])
  await road.converge(3)
  for (const [key, tool] of tools) if (key !== 'tracker') newTickets(tool, course.items)
  for (const one of more) await one.tool.deliverHooks()
  await road.converge(10)
  const linked = await linkedItems(road, tools)
  const dead = tools.get(cut) ?? road.tracker
  for (const tool of tools.values()) tool.faults.times({ latencyMs: LATENCY_MS })
  const mark = road.clock.now()
  if (isCut) dead.faults.chance({ down: 1 })
  const sent = await editForAWhile(road, linked, course, cut)
  dead.faults.chance({ down: 0 })
  const drainedS = await drain(road, sent.toCut)
  const delays = await measure(road, sent.edits)
  for (const one of more) one.tool.faults.clear()
  await comeToRest(road)
  const told = {
    delays: delays.flatMap((delay) => (delay === null ? [] : [delay])),
    never:
      delays.filter((delay) => delay === null).length + sent.toCut.filter((edit) => !isShown(edit)).length,
    outOfOrder: outOfOrder([...tools.values()]),
    drainedS,
    notices: await noticesSince(road, mark),
    refused: dead.calls.filter((call) => call.outcome === 'refused').length,
    wrong: await violations(road),
  }
  for (const one of more) one.stop()
  await road.close()
  return told
}

const linkedItems = async (road: Road, tools: ReadonlyMap<string, DemoTool>): Promise<readonly Linked[]> => {
  const rows = await road.db
    .selectFrom('mirror as m')
    .innerJoin('connection as c', 'c.id', 'm.connection_id')
    .select(['c.key', 'm.remote_id', 'm.record_id', 'm.record_kind'])
    .where('m.state', '=', 'live')
    .orderBy('c.key')
    .orderBy('m.remote_id')
    .execute()
  return rows.flatMap((row): Linked[] => {
    const tool = tools.get(row.key)
    if (
      tool === undefined ||
      row.remote_id === null ||
      row.record_id === null ||
      row.record_kind === 'release'
    )
      return []
    return [{ key: row.key, tool, item: row.remote_id, record: { kind: row.record_kind, id: row.record_id } }]
  })
}

interface Edit {
  readonly linked: Linked
  readonly value: string
  readonly at: number
  readonly way: 'to hub' | 'to tool'
}

/** Values count up, so that an older one after a newer is seen. To the tool that may be cut, also words. */
const editForAWhile = async (
  road: Road,
  linked: readonly Linked[],
  course: Course,
  cut: CutTool,
): Promise<{ readonly edits: readonly Edit[]; readonly toCut: readonly Edit[] }> => {
  const chance = chanceOf(4)
  const edits: Edit[] = []
  const toCut: Edit[] = []
  const begin = road.clock.now().getTime()
  for (let step = 1; step * course.everyS <= course.minutes * 60; step += 1) {
    const one = chance.oneOf(linked)
    const way = one.key === cut || chance.happens(0.5) ? 'to tool' : 'to hub'
    const edit: Edit = { linked: one, value: `${1000 + step}.0`, at: road.clock.now().getTime(), way }
    if (way === 'to hub') one.tool.humanEdit(one.item, { 'cf:Version': edit.value })
    else await editHere(road, edit)
    if (one.key === cut) toCut.push(edit)
    else edits.push(edit)
    await one.tool.deliverHooks()
    await road.settle()
    road.clock.advance(Math.max(0, begin + step * course.everyS * 1000 - road.clock.now().getTime()))
  }
  return { edits, toCut }
}

const editHere = async (road: Road, { linked, value }: Edit): Promise<void> => {
  const { kind, id } = linked.record
  const set = { version: value }
  if (kind === 'ticket') await road.run(ANNA, changeTicket, { ticket: id, set })
  else await road.run(ANNA, changeWorkItem, { workItem: id, set })
  await road.run(ANNA, addComment, {
    record: { kind, ref: id },
    body: richText(`tells ${value}`),
    audience: 'staff',
  })
}

const tellsOf = ({ linked, value }: Edit) =>
  linked.tool.item(linked.item)?.comments.find((comment) => comment.text.includes(`tells ${value}`))
const isShown = (edit: Edit): boolean => tellsOf(edit) !== undefined

const drain = async (road: Road, awaited: readonly Edit[]): Promise<number> => {
  const back = road.clock.now().getTime()
  while (!awaited.every(isShown) && road.clock.now().getTime() - back < 3_600_000) {
    road.clock.advance(5_000)
    await road.settle()
  }
  return Math.round((road.clock.now().getTime() - back) / 1000)
}

/** By the tool's ledger, or by the hub's log; null: it never came. */
const measure = async (road: Road, edits: readonly Edit[]): Promise<readonly (number | null)[]> => {
  const events = await road.db.selectFrom('event').select(['at', 'data']).orderBy('seq').execute()
  const told = events.map((event) => ({ at: event.at.getTime(), text: JSON.stringify(event.data) }))
  return edits.map(({ linked, value, at, way }) => {
    if (way === 'to hub') {
      const seen = told.find((event) => event.at >= at && event.text.includes(`"${value}"`))
      return seen === undefined ? null : seen.at - at
    }
    const line = linked.tool.ledger.find(
      (entry) => entry.itemId === linked.item && entry.via === 'api' && entry.after?.['cf:Version'] === value,
    )
    return line === undefined ? null : Date.parse(line.at) - at
  })
}

/** Of one item's values and words, none may come after a later one. */
const outOfOrder = (tools: readonly DemoTool[]): number => {
  let count = 0
  for (const tool of tools) {
    const last = new Map<string, number>()
    for (const line of tool.ledger) {
      if (line.via !== 'api') continue
      for (const text of [line.after?.['cf:Version'], line.after?.['text']]) {
        const number = Number(/\b(\d{4,})\.0\b/u.exec(String(text ?? ''))?.[1])
        if (Number.isNaN(number)) continue
        const place = `${line.itemId} ${line.op}`
        if (number < (last.get(place) ?? 0)) count += 1
        last.set(place, number)
      }
    }
  }
  return count
}

const noticesSince = async (road: Road, from: Date): Promise<readonly string[]> => {
  const rows = await road.db
    .selectFrom('event as e')
    .innerJoin('connection as c', 'c.id', 'e.connection_id')
    .select(['c.key', 'e.kind'])
    .where('e.kind', 'in', ['connection.down', 'connection.up'])
    .where('e.at', '>=', from)
    .orderBy('e.seq')
    .execute()
  return rows.map((row) => `${row.key} ${row.kind.replace('connection.', '')}`)
}
