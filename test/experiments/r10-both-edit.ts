import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { settleConflict } from '../../src/commands/settle-conflict.ts'
import type { Mapping } from '../../src/sync/mapping.ts'
import { violations } from '../support/never.ts'
import { buildRoad, type Road, TRACKER_MAPPING } from '../support/road.ts'
import { chanceOf } from '../sync-fuzz/chance.ts'
import { ANNA } from '../sync-fuzz/people.ts'
import { newTickets } from './desk-work.ts'
import { type Experiment, must, zero } from './experiment.ts'

/**
 * R10: two people, one here and one in the tracker, edit the same field or different ones of one item at once. Order of
 * the edits, a look of the worker between or after, and webhooks that come or not: one schedule each. Three rules for
 * the same field: ours wins, theirs wins, a person is asked. Several items run side by side.
 */
const FIELDS = [
  { here: 'version', there: 'cf:Version', rule: 'hub wins' },
  { here: 'environment', there: 'cf:Environment', rule: 'tool wins' },
  { here: 'title', there: 'title', rule: 'ask' },
] as const
type Field = (typeof FIELDS)[number]

const RULES: Mapping['fields'] = TRACKER_MAPPING.fields.map((rule) => ({
  ...rule,
  conflict: FIELDS.find((field) => field.here === rule.hub)?.rule ?? rule.conflict,
}))

interface Both {
  readonly id: string
  readonly defect: string
}
interface Schedule {
  readonly here: Field
  readonly there: Field
  readonly ours: string
  readonly theirs: string
}

export const bothEdit: Experiment = {
  id: 'R10',
  title: 'both sides edit the same field or different ones at once, in many schedules',
  run: async (test, scale) => {
    const [items, rounds] = scale === 'long' ? [20, 50] : [6, 4]
    const chance = chanceOf(10)
    const road = await buildRoad({ db: test.db, seed: 10, trackerMapping: { fields: RULES } })
    await road.converge(3)
    newTickets(road.desk, items)
    await road.converge(8)
    const pairs = await pairsOf(road)
    const told = { same: 0, asked: 0, apart: 0, losersUntold: 0, differentLost: 0 }
    for (let round = 0; round < rounds; round += 1) {
      const since = await lastEvent(road)
      road.tracker.faults.chance({ hookDropped: chance.happens(0.3) ? 0.5 : 0 })
      const schedules = new Map<string, Schedule>()
      for (const [index, pair] of pairs.entries()) {
        const [here, other] = [chance.oneOf(FIELDS), chance.oneOf(FIELDS)]
        const there = chance.happens(0.5) ? here : other
        const plan = { here, there, ours: `here-${round}-${index}`, theirs: `there-${round}-${index}` }
        schedules.set(pair.id, plan)
        const set = { [here.here]: plan.ours }
        const acts = [
          async () => void (await road.run(ANNA, changeWorkItem, { workItem: pair.id, set })),
          async () => void road.tracker.humanEdit(pair.defect, { [there.there]: plan.theirs }, 'u-eve'),
        ]
        if (chance.happens(0.5)) acts.reverse()
        if (chance.happens(0.3)) acts.splice(1, 0, async () => void (await road.worker.runOnce()))
        for (const act of acts) await act()
      }
      await agree(road)
      told.asked += await answerQuestions(road, chance.happens(0.5) ? 'hub' : 'tool')
      await agree(road)
      const events = await eventsAfter(road, since)
      for (const pair of pairs) {
        const plan = schedules.get(pair.id)
        if (plan !== undefined) judge(await shownOf(road, pair), plan, events, told)
      }
    }
    const wrong = await violations(road, { atRest: true })
    await road.close()
    return {
      seed: 10,
      counts: {
        schedules: pairs.length * rounds,
        'same field': told.same,
        'settled by a person': told.asked,
        'sides apart': told.apart,
        'losers told nowhere': told.losersUntold,
        'edits of different fields lost': told.differentLost,
        violations: wrong.length,
      },
      failures: [
        ...must('schedules', pairs.length * rounds, pairs.length === items, String(items * rounds)),
        ...must('settled by a person', told.asked, told.asked > 0, 'more than 0'),
        ...zero('sides apart', told.apart),
        ...zero('losers told nowhere', told.losersUntold),
        ...zero('edits of different fields lost', told.differentLost),
        ...wrong,
      ],
    }
  },
}

const pairsOf = async (road: Road): Promise<readonly Both[]> => {
  const rows = await road.db
    .selectFrom('mirror')
    .select(['record_id', 'remote_id'])
    .where('record_kind', '=', 'work item')
    .where('state', '=', 'live')
    .orderBy('remote_id')
    .execute()
  return rows.flatMap((row) =>
    row.record_id === null || row.remote_id === null ? [] : [{ id: row.record_id, defect: row.remote_id }],
  )
}

/** A poll finds what no webhook told of. */
const agree = async (road: Road): Promise<void> => {
  for (let look = 0; look < 2; look += 1) {
    road.clock.advance(61_000)
    await road.settle()
  }
}

const answerQuestions = async (road: Road, take: 'hub' | 'tool'): Promise<number> => {
  const open = await road.db.selectFrom('conflict').select('id').where('settled_at', 'is', null).execute()
  for (const { id } of open) await road.run(ANNA, settleConflict, { conflict: id, take })
  return open.length
}

const lastEvent = async (road: Road): Promise<number> =>
  Number(
    (
      await road.db
        .selectFrom('event')
        .select((is) => is.fn.max('seq').as('seq'))
        .executeTakeFirst()
    )?.seq ?? 0,
  )

const eventsAfter = async (road: Road, seq: number): Promise<string> =>
  JSON.stringify(await road.db.selectFrom('event').select('data').where('seq', '>', seq).execute())

interface Shown {
  readonly here: Readonly<Record<Field['here'], string>>
  readonly there: Readonly<Record<Field['here'], string>>
}

const shownOf = async (road: Road, pair: Both): Promise<Shown> => {
  const row = await road.db
    .selectFrom('work_item')
    .select(['title', 'release_version', 'environment'])
    .where('id', '=', pair.id)
    .executeTakeFirstOrThrow()
  const fields = road.tracker.item(pair.defect)?.fields
  return {
    here: {
      title: row.title,
      version: row.release_version ?? '',
      environment: row.environment ?? '',
    },
    there: {
      title: String(fields?.title ?? ''),
      version: String(fields?.['cf:Version'] ?? ''),
      environment: String(fields?.['cf:Environment'] ?? ''),
    },
  }
}

const judge = (
  shown: Shown,
  plan: Schedule,
  events: string,
  told: { same: number; apart: number; losersUntold: number; differentLost: number },
): void => {
  for (const field of FIELDS) if (shown.here[field.here] !== shown.there[field.here]) told.apart += 1
  if (plan.here === plan.there) {
    told.same += 1
    if (!events.includes(`"${plan.ours}"`) || !events.includes(`"${plan.theirs}"`)) told.losersUntold += 1
    return
  }
  if (shown.there[plan.here.here] !== plan.ours) told.differentLost += 1
  if (shown.here[plan.there.here] !== plan.theirs) told.differentLost += 1
}
