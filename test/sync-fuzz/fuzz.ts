import type { DemoTool } from '../../src/connectors/demo/fake.ts'
import type { DemoFault } from '../../src/connectors/demo/tool/faults.ts'
import type { DemoToolOptions } from '../../src/connectors/demo/tool/model.ts'
import { isSeenBy } from '../../src/domain/audience.ts'
import type { Database } from '../../src/store/database.ts'
import { CRASH_POINTS } from '../../src/worker/deps.ts'
import { violations, writesAtRest } from '../support/never.ts'
import { buildRoad, type Road } from '../support/road.ts'
import { type Chance, chanceOf } from './chance.ts'
import { type People, peopleOn } from './people.ts'

/**
 * Random people, faults, crashes and passing time on a road, from one seed. After each rest what must never happen is
 * checked; at the end every tool is well again and both sides must agree or say why. The same seed and number of steps
 * give the same run, so a failing run is made shorter by asking for fewer steps of it.
 */
export interface FuzzRun {
  readonly seed: number
  readonly steps: number
  readonly violations: readonly string[]
  readonly operations: readonly string[]
  readonly counts: FuzzCounts
}

export interface FuzzCounts {
  readonly edits: number
  readonly faults: number
  readonly crashes: number
  readonly apiWrites: number
  readonly calls: number
}

const CALL_FAULTS: readonly DemoFault[] = [
  'down',
  'rate',
  'unavailable',
  'serverError',
  'lostBefore',
  'commitThenLose',
  'commitThenServerError',
  'halfBody',
  'html',
  'hang',
  'conflict',
  'commentsMissing',
  'attachmentsMissing',
  'cutDownload',
]
const HOOK_FAULTS: readonly DemoFault[] = [
  'hookDropped',
  'hookDoubled',
  'hookLate',
  'hookShuffled',
  'hookFirst',
]
const AT_WORST_MINUTES = 120

/** Two ordinary tools, and what a seed makes different of them. */
const traitsOf = (
  chance: Chance,
): { readonly desk: Partial<DemoToolOptions>; readonly tracker: Partial<DemoToolOptions> } => ({
  desk: {
    indexLagMs: chance.oneOf([0, 0, 60_000]),
    skewMs: chance.oneOf([0, 90_000, -90_000]),
    resolutionMs: chance.oneOf([1, 1_000]),
    normalise: chance.oneOf([{}, { trim: true }]),
    traits: { answersWithItem: chance.happens(0.5), checksVersions: chance.happens(0.7) },
  },
  tracker: {
    indexLagMs: chance.oneOf([0, 60_000]),
    skewMs: chance.oneOf([0, 90_000]),
    normalise: chance.oneOf([{}, { trim: true, recase: { 'cf:Environment': 'lower' as const } }]),
    traits: {
      checksVersions: chance.happens(0.7),
      comments: { public: true, internal: true, edit: chance.happens(0.8), delete: true },
    },
  },
})

export const runFuzz = async (db: Database, seed: number, steps: number): Promise<FuzzRun> => {
  const chance = chanceOf(seed)
  const road = await buildRoad({ db, seed, ...traitsOf(chance) })
  const people = peopleOn(road, chance)
  const operations: string[] = []
  let edits = 0
  let found: readonly string[] = []
  try {
    await road.converge(2)
    for (let step = 0; step < steps && found.length === 0; step += 1) {
      const done = await oneStep(road, people, chance)
      if (done !== null)
        operations.push(`${step} ${road.clock.now().toISOString().slice(11, 19)} ${done.what}`)
      if (done?.isEdit) edits += 1
      if (done?.rests) found = await violations(road)
    }
    if (found.length === 0) found = await atTheEnd(road, people)
  } catch (thrown) {
    found = [
      `7: the run broke: ${thrown instanceof Error ? (thrown.stack ?? thrown.message).slice(0, 600) : String(thrown)}`,
    ]
  }
  const counts = {
    edits,
    faults: [road.desk, road.tracker].reduce(
      (sum, tool) => sum + Object.values(tool.faults.struck).reduce((all, one) => all + one, 0),
      0,
    ),
    crashes: road.crashes,
    apiWrites: [road.desk, road.tracker].reduce(
      (sum, tool) => sum + tool.ledger.filter((line) => line.via === 'api').length,
      0,
    ),
    calls: road.desk.calls.length + road.tracker.calls.length,
  }
  await road.close()
  return { seed, steps, violations: found, operations, counts }
}

interface Step {
  readonly what: string
  readonly isEdit?: boolean
  readonly rests?: boolean
}

const oneStep = async (road: Road, people: People, chance: Chance): Promise<Step | null> => {
  const tool = chance.oneOf([road.desk, road.tracker])
  return chance.weighted<() => Promise<Step | null> | Step>([
    [
      60,
      async () => {
        const what = await people.act()
        return what === null ? null : { what, isEdit: true }
      },
    ],
    [10, () => orderFault(tool, chance)],
    [
      4,
      () => {
        const point = chance.oneOf(CRASH_POINTS)
        road.crashAt(point, chance.below(3))
        return { what: `the worker will die at ${point}` }
      },
    ],
    [
      10,
      () => {
        const ms = chance.oneOf([1_000, 10_000, 61_000, 400_000, 1_000_000])
        road.clock.advance(ms)
        return { what: `${ms / 1000} s pass` }
      },
    ],
    [
      16,
      async () => {
        await road.settle()
        return { what: 'the worker works', rests: true }
      },
    ],
  ])()
}

const orderFault = (tool: DemoTool, chance: Chance): Step => {
  if (chance.happens(0.2)) {
    tool.faults.clear()
    return { what: `${tool.kind}: well again` }
  }
  if (chance.happens(0.3)) {
    const fault = chance.oneOf(HOOK_FAULTS)
    tool.faults.chance({ [fault]: 0.3 })
    return { what: `${tool.kind}: 30 % ${fault}` }
  }
  const fault = chance.oneOf(CALL_FAULTS)
  const times = 1 + chance.below(3)
  tool.faults.queue(fault, { times })
  return { what: `${tool.kind}: ${fault} × ${times}` }
}

const atTheEnd = async (road: Road, people: People): Promise<readonly string[]> => {
  for (const tool of [road.desk, road.tracker]) tool.faults.clear()
  await road.desk.deliverHooks(true)
  await road.tracker.deliverHooks(true)
  await road.converge(AT_WORST_MINUTES)
  // a sweep on each side, and what it brings to light
  road.clock.advance(16 * 60_000)
  await road.converge(AT_WORST_MINUTES)
  road.clock.advance(16 * 60_000)
  await road.converge(AT_WORST_MINUTES)
  return [
    ...(await violations(road, { atRest: true })),
    ...keptFromThem(road, people),
    ...(await writesAtRest(road, 20)),
  ]
}

/** Words born here stand in no tool whose people they are not for, whoever they were for before. */
const keptFromThem = (road: Road, people: People): readonly string[] =>
  [...people.said].flatMap(([word, audience]) =>
    (
      [
        ['support', road.desk],
        ['engineering', road.tracker],
      ] as const
    ).flatMap(([party, tool]) =>
      tool.items().flatMap((item) =>
        item.comments.flatMap((comment) => {
          if (!comment.text.includes(word)) return []
          if (!isSeenBy(audience, party)) return [`5: ${word} is for ${audience} and stands in ${item.key}`]
          return audience === 'staff' && tool === road.desk && comment.visibility === 'public'
            ? [`5: ${word} is for staff and public in ${item.key}`]
            : []
        }),
      ),
    ),
  )

/** The fewest steps of a seed that still fail: halved as long as the half fails, then taken away in smaller parts. */
export const shrink = async (db: Database, failing: FuzzRun): Promise<FuzzRun> => {
  let best = failing
  for (let cut = Math.floor(best.steps / 2); cut >= 1; ) {
    const run = await runFuzz(db, best.seed, best.steps - cut)
    if (run.violations.length > 0) {
      best = run
      cut = Math.min(cut, Math.floor(best.steps / 2))
    } else cut = Math.floor(cut / 2)
    if (best.steps <= 1) break
  }
  return best
}

export const describeRun = (run: FuzzRun): string =>
  [
    `seed ${run.seed}, ${run.steps} steps:`,
    ...run.violations.map((one) => `  ${one}`),
    ...run.operations.map((one) => `    ${one}`),
  ].join('\n')
