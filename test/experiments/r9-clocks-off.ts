import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { CrashPoint } from '../../src/worker/deps.ts'
import type { TestDatabase } from '../support/database.ts'
import { type Chance, chanceOf } from '../sync-fuzz/chance.ts'
import { commandHands } from './command-hands.ts'
import { type Crew, startCrew } from './crew.ts'
import { type Experiment, must, type Outcome, type Scale, zero } from './experiment.ts'
import { onPostgres } from './on-postgres.ts'
import { connectTools, serveTools } from './served-tools.ts'
import { makeTraffic, type Traffic } from './traffic.ts'
import { untilAtRest, untilLinked } from './until-at-rest.ts'
import { installWitness } from './witness.ts'

/**
 * R9 with real processes: one worker's clock is ten minutes ahead, the other's ten minutes behind, and both are
 * stopped for longer than their leases last, from outside at random and by themselves at named points.
 */

/** A crew of two, each with the point where it stops itself. */
interface Phase {
  readonly points: readonly [CrashPoint, CrashPoint]
  /** Every how many passings. */
  readonly every: number
  readonly pauses: number
  /** New items to make meanwhile. One whose making was cut off waits two minutes for the tool's index. */
  readonly items: number
  readonly events: number
  readonly leaseSeconds: number | null
  readonly pauseMs: number
}

const SHORT = { leaseSeconds: 2, pauseMs: 3_500 }
const BUSY = { ...SHORT, every: 25, pauses: 10, items: 20, events: 600 }

const SCALES: Readonly<Record<Scale, { readonly items: number; readonly phases: readonly Phase[] }>> = {
  short: {
    items: 4,
    phases: [
      { ...SHORT, points: ['before-call', 'plan-recorded'], every: 8, pauses: 2, items: 0, events: 40 },
    ],
  },
  long: {
    items: 100,
    phases: [
      { ...BUSY, points: ['before-call', 'after-call'] },
      { ...BUSY, points: ['plan-recorded', 'page-pulled'] },
      { ...BUSY, points: ['before-receipts', 'fetched'] },
      {
        points: ['before-call', 'plan-recorded'],
        every: 150,
        pauses: 2,
        items: 0,
        events: 400,
        leaseSeconds: null,
        pauseMs: 90_000,
      },
    ],
  },
}
const SEED = 9
const AHEAD_MS = [600_000, -600_000] as const
const PATIENCE_MS = 300_000

export const clocksOff: Experiment = {
  id: 'R9',
  title: 'workers whose clocks are ten minutes off, stopped for longer than a lease',
  run: (test, scale) => onPostgres(test, SEED, (own) => stopped(own, scale)),
}

const stopped = async (test: Pick<TestDatabase, 'db' | 'url'>, scale: Scale): Promise<Outcome> => {
  const { items, phases } = SCALES[scale]
  const chance = chanceOf(SEED)
  const tools = await serveTools(SEED)
  const folder = await mkdtemp(join(tmpdir(), 'causeway-r9-'))
  await connectTools(test.db, tools)
  const witness = await installWitness(test.db)
  const argsOf = (place: number, database: string): readonly string[] => {
    const url = new URL(database)
    // by this the witness knows who writes
    url.searchParams.set('application_name', `worker-${place}`)
    return [
      ...['--folder', folder, '--database', url.href, '--allow', tools.hosts.join(',')],
      `--ahead=${AHEAD_MS[place] ?? 0}`,
    ]
  }
  const traffic = makeTraffic((look) => look(test.db), tools, commandHands(test.db), chance)
  let crew: Crew | null = null
  let stops = 0
  try {
    traffic.report(items)
    crew = await startCrew({
      size: AHEAD_MS.length,
      argsOf: (place) => [...argsOf(place, test.url), '--lease', String(SHORT.leaseSeconds)],
    })
    await untilLinked(traffic, items, PATIENCE_MS)
    for (const phase of phases) {
      await crew.dismiss()
      crew = await startCrew({
        size: AHEAD_MS.length,
        wakeAfterMs: phase.pauseMs,
        argsOf: (place) => [...argsOf(place, test.url), ...stopsOf(phase, place)],
      })
      traffic.report(phase.items)
      stops += await pauseUnderLoad(crew, phase, traffic, chance)
      stops += crew.ends.filter((end) => end.startsWith('SIGSTOP')).length
    }
    const judgement = await untilAtRest(traffic, PATIENCE_MS)
    const { claims, twoHolders, oldFence } = await witness.counts()
    const negative = await negativeTimes(test)
    const doubled = judgement.doubleCreates + judgement.doubleComments
    return {
      seed: SEED,
      counts: {
        events: traffic.events,
        'minutes off': '+10, -10',
        stops,
        claims,
        'two holders': twoHolders,
        'writes with an old fence': oldFence,
        doubled,
        lost: judgement.lost,
        'negative times': negative,
      },
      failures: [
        ...zero('two holders', twoHolders),
        ...zero('writes with an old fence', oldFence),
        ...zero('doubled', doubled),
        ...zero('lost', judgement.lost),
        ...judgement.missing,
        ...zero('negative times', negative),
        ...must('under way', judgement.underWay, judgement.atRest, '0'),
      ],
    }
  } finally {
    await crew?.dismiss()
    await witness.remove()
    await tools.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const stopsOf = ({ leaseSeconds, points, every }: Phase, place: number): readonly string[] => [
  ...(leaseSeconds === null ? [] : ['--lease', String(leaseSeconds)]),
  ...['--at', points[place] ?? 'claimed', '--after', String(every), '--signal', 'SIGSTOP'],
]

/** People work all the while; now and then one of the workers stops in the middle of whatever it does. */
const pauseUnderLoad = async (
  crew: Crew,
  phase: Phase,
  traffic: Traffic,
  chance: Chance,
): Promise<number> => {
  const before = traffic.events
  for (let stop = 1; stop <= phase.pauses; stop += 1) {
    const until = before + Math.round((phase.events * stop) / phase.pauses)
    const working = (async () => {
      while (traffic.events < until) {
        await traffic.act()
        await pause(5)
      }
    })()
    await pause(chance.below(700))
    await crew.pause(chance.below(AHEAD_MS.length), phase.pauseMs)
    await working
  }
  return phase.pauses
}

/** What ended before it began, by the times that were written down. */
const negativeTimes = async ({ db }: Pick<TestDatabase, 'db'>): Promise<number> => {
  const result = await sql<{ n: number }>`
    select (select count(*)::int from escalation where sent_at < created_at or accepted_at < sent_at)
      + (select count(*)::int from attempt where ended_at < started_at)
      + (select count(*)::int from mirror where agreed_at < created_at) as n`.execute(db)
  return result.rows[0]?.n ?? 0
}
