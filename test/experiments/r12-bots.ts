import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import type { LedgerEntry } from '../../src/connectors/demo/tool/model.ts'
import { violations } from '../support/never.ts'
import { buildRoad, type Road } from '../support/road.ts'
import { ANNA, richText } from '../sync-fuzz/people.ts'
import { newTickets } from './desk-work.ts'
import { type Experiment, must } from './experiment.ts'

/**
 * R12: others write as fast as we do. Four kinds of quarrel, each over items of its own, in a tracker whose formatter
 * makes another text of every text it is given, each time. Counted per link and ten minutes, at the worst moment.
 */
interface Quarrel {
  readonly ticket: string
  readonly defect: string
  readonly workItem: string
}

interface Kind {
  readonly name: string
  /** A field waits in the end, with the breaker's reason. */
  readonly stops: boolean
  readonly act: (road: Road, over: Quarrel, step: number) => Promise<void> | void
}

const set = (road: Road, defect: string, value: string, by: string): void => {
  if (road.tracker.item(defect)?.fields['cf:Severity'] !== value)
    road.tracker.humanEdit(defect, { 'cf:Severity': value }, by)
}

const KINDS: readonly Kind[] = [
  {
    name: 'one bot that sets its own value back',
    stops: true,
    act: (road, { defect }) => set(road, defect, 'low', 'u-gita'),
  },
  {
    name: 'two bots that want different values, and us',
    stops: true,
    act: (road, { defect }, step) =>
      set(road, defect, step % 2 === 0 ? 'low' : 'medium', step % 2 === 0 ? 'u-gita' : 'u-finn'),
  },
  {
    name: 'a value that flips from A to B and back in the desk',
    stops: true,
    act: (road, { ticket }, step) =>
      void road.desk.humanEdit(ticket, { 'cf:Severity': step % 2 === 0 ? 'critical' : 'high' }, 'u-ben'),
  },
  {
    name: 'a formatter that changes every text each time',
    stops: false,
    act: async (road, { workItem }, step) => {
      if (step % 20 !== 0) return
      const description = richText(`Since Monday ${step}\n\n* first\n* second`)
      await road.run(ANNA, changeWorkItem, { workItem, set: { description } })
    },
  },
]

const WINDOW_MS = 10 * 60_000

export const bots: Experiment = {
  id: 'R12',
  title: 'two foreign bots and us, a formatter that is not idempotent, a value that flips',
  run: async (test, scale) => {
    const [each, minutes, stepMs] = scale === 'long' ? [3, 60, 5_000] : [1, 10, 15_000]
    const road = await buildRoad({
      db: test.db,
      seed: 12,
      tracker: { normalise: { textFormatter: (text) => `${text.replaceAll('*', '-')}\n` } },
    })
    await road.converge(3)
    newTickets(road.desk, KINDS.length * each)
    await road.converge(8)
    const quarrels = await quarrelsOf(road)
    const before = [road.desk.ledger.length, road.tracker.ledger.length] as const
    for (let step = 0; step * stepMs < minutes * 60_000; step += 1) {
      for (const [index, over] of quarrels.entries()) await KINDS[index % KINDS.length]?.act(road, over, step)
      await road.settle()
      road.clock.advance(stepMs)
    }
    const theirs = road.tracker.ledger.slice(before[1]).concat(road.desk.ledger.slice(before[0]))
    const ours = theirs.filter((line) => line.via === 'api')
    const stopped = await stoppedLinks(road)
    const counts: Record<string, number | string> = {
      links: quarrels.length,
      'edits by others': theirs.length - ours.length,
      'our writes': ours.length,
    }
    const failures: string[] = []
    for (const [at, kind] of KINDS.entries()) {
      const mine = quarrels.filter((_, index) => index % KINDS.length === at)
      const worst = Math.max(...mine.map((over) => worstWindow(ours, over.defect)), 0)
      const held = mine.filter((over) => stopped.has(over.workItem)).length
      counts[`${kind.name}: writes in 10 min`] = worst
      counts[`${kind.name}: links stopped with a reason`] = held
      failures.push(
        ...must(`${kind.name}: writes in 10 min`, worst, worst <= 6, 'at most 6'),
        ...must(
          `${kind.name}: links stopped with a reason`,
          held,
          held === (kind.stops ? mine.length : 0),
          kind.stops ? 'all' : '0',
        ),
      )
    }
    const mails = Math.max(...quarrels.map((over) => mailsTo(ours, over.ticket)))
    const wrong = await violations(road)
    await road.close()
    return {
      seed: 12,
      counts: { ...counts, 'words to one customer': mails, violations: wrong.length },
      failures: [
        ...failures,
        ...must(
          'edits by others',
          theirs.length - ours.length,
          theirs.length - ours.length > 20,
          'more than 20',
        ),
        ...must('words to one customer', mails, mails <= 1, 'at most 1'),
        ...wrong,
      ],
    }
  },
}

const quarrelsOf = async (road: Road): Promise<readonly Quarrel[]> => {
  const rows = await road.db
    .selectFrom('escalation as e')
    .innerJoin('mirror as t', 't.record_id', 'e.ticket_id')
    .innerJoin('mirror as w', 'w.record_id', 'e.work_item_id')
    .select(['t.remote_id as ticket', 'w.remote_id as defect', 'e.work_item_id as workItem'])
    .orderBy('t.remote_id')
    .execute()
  return rows.flatMap(({ ticket, defect, workItem }) =>
    ticket === null || defect === null ? [] : [{ ticket, defect, workItem }],
  )
}

/** Most of our writes to one item within any ten minutes. */
const worstWindow = (ours: readonly LedgerEntry[], item: string): number => {
  const at = ours.flatMap((line) => (line.itemId === item ? [Date.parse(line.at)] : []))
  return Math.max(0, ...at.map((end) => at.filter((one) => one <= end && one > end - WINDOW_MS).length))
}

const mailsTo = (ours: readonly LedgerEntry[], ticket: string): number =>
  ours.filter(
    (line) => line.itemId === ticket && line.op === 'comment.add' && line.after?.['visibility'] === 'public',
  ).length

/**
 * Work items of which a field was held, with the reason told. By the log: who flips a value sets it to what stands there
 * half of the time, and then nothing waits.
 */
const stoppedLinks = async (road: Road): Promise<ReadonlySet<string>> => {
  const rows = await road.db
    .selectFrom('event')
    .select(['record_id', 'data'])
    .where('kind', '=', 'hold.opened')
    .execute()
  return new Set(
    rows.flatMap((row) =>
      JSON.stringify(row.data).includes('went back and forth too often') ? [row.record_id ?? ''] : [],
    ),
  )
}
