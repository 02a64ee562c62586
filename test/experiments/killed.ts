import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CRASH_POINTS, type CrashPoint } from '../../src/worker/deps.ts'
import type { TestDatabase } from '../support/database.ts'
import { chanceOf } from '../sync-fuzz/chance.ts'
import { commandHands } from './command-hands.ts'
import { type Crew, startCrew } from './crew.ts'
import { type Experiment, must, type Outcome, type Scale, zero } from './experiment.ts'
import { onPostgres } from './on-postgres.ts'
import { connectTools, serveTools } from './served-tools.ts'
import { makeTraffic } from './traffic.ts'
import { untilAtRest, untilLinked } from './until-at-rest.ts'

/** R1: real worker processes, killed with -9 from outside at random and by themselves at named points. */

interface Numbers {
  readonly items: number
  readonly events: number
  readonly kills: number
  /** Kills while the items are being made and linked. */
  readonly killsBefore: number
  readonly leaseSeconds: number | null
  readonly points: readonly CrashPoint[]
}

/** Where a call was answered and nothing of it is in the database yet. */
const ANSWERED: readonly CrashPoint[] = ['after-call', 'before-receipts']
const POINTS_OF_PEOPLE = CRASH_POINTS.filter((point) => point !== 'file-fetched')

const SCALES: Readonly<Record<Scale, Numbers>> = {
  short: { items: 6, events: 60, kills: 3, killsBefore: 0, leaseSeconds: 3, points: ANSWERED },
  long: {
    items: 500,
    events: 10_000,
    kills: 100,
    killsBefore: 20,
    leaseSeconds: null,
    points: [...POINTS_OF_PEOPLE, ...ANSWERED, ...ANSWERED],
  },
}
const SEED = 1
const WORKERS = 2
/** What the product promises for a worker that is gone. */
const AGREE_SECONDS = 60
/** So long we look on, whatever the promise is. */
const PATIENCE_MS = 300_000

export const killedOnPostgres: Experiment = {
  id: 'R1',
  title: 'two workers on one PostgreSQL, killed at random and between answer and commit',
  run: (test, scale) => onPostgres(test, SEED, (own) => killed(own, scale)),
}

const killed = async (test: Pick<TestDatabase, 'db' | 'url'>, scale: Scale): Promise<Outcome> => {
  const numbers = SCALES[scale]
  const chance = chanceOf(SEED)
  const tools = await serveTools(SEED)
  const folder = await mkdtemp(join(tmpdir(), 'causeway-r1-'))
  await connectTools(test.db, tools)
  const traffic = makeTraffic((look) => look(test.db), tools, commandHands(test.db), chance)
  // of its own: how often the workers are started must not change what people do
  const fate = chanceOf(SEED + 100)
  // an item whose making was cut off waits two minutes for the tool's index: the short form does without
  let isDeadly = numbers.killsBefore > 0
  const crew = await startCrew({
    size: WORKERS,
    argsOf: () => [
      ...['--folder', folder, '--database', test.url, '--allow', tools.hosts.join(',')],
      ...(numbers.leaseSeconds === null ? [] : ['--lease', String(numbers.leaseSeconds)]),
      ...(isDeadly && fate.happens(0.5)
        ? ['--at', fate.oneOf(numbers.points), '--after', String(fate.below(20))]
        : []),
    ],
  })
  try {
    traffic.report(numbers.items)
    for (let kill = 0; kill < numbers.killsBefore; kill += 1)
      await killOne(crew, chance.below(WORKERS), 1_500)
    await untilLinked(traffic, numbers.items, PATIENCE_MS)
    isDeadly = true
    const rounds = numbers.kills - numbers.killsBefore
    for (let round = 0; round < rounds; round += 1) {
      const until = Math.round((numbers.events * (round + 1)) / rounds)
      while (traffic.events < until) await traffic.act()
      await killOne(crew, chance.below(WORKERS), chance.below(1_200))
    }
    isDeadly = false
    await crew.complete()
    const judgement = await untilAtRest(traffic, PATIENCE_MS)
    const seconds = Math.round((Date.now() - crew.lastStart) / 1000)
    const itself = crew.ends.filter((end) => end !== 'killed')
    return {
      seed: SEED,
      counts: {
        items: numbers.items,
        events: traffic.events,
        'killed from outside': numbers.kills,
        'killed itself': itself.length,
        'of them between answer and commit': itself.filter((end) =>
          ANSWERED.some((point) => end.endsWith(point)),
        ).length,
        lost: judgement.lost,
        'double creates': judgement.doubleCreates,
        'double comments': judgement.doubleComments,
        'agreed after s': seconds,
        'unknown without owner': judgement.unknownWithoutOwner,
        'left for people': judgement.forPeople,
      },
      failures: [
        ...zero('lost', judgement.lost),
        ...judgement.missing,
        ...zero('double creates', judgement.doubleCreates),
        ...zero('double comments', judgement.doubleComments),
        ...zero('unknown without owner', judgement.unknownWithoutOwner),
        ...zero('left for people', judgement.forPeople),
        ...must('under way', judgement.underWay, judgement.atRest, '0'),
        // a machine that does much else besides says nothing about seconds
        ...(scale === 'long'
          ? must('seconds to agree', seconds, seconds <= AGREE_SECONDS, `at most ${AGREE_SECONDS}`)
          : []),
      ],
    }
  } finally {
    await crew.dismiss()
    await tools.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const killOne = async (crew: Crew, place: number, afterMs: number): Promise<void> => {
  await pause(afterMs)
  await crew.kill(place)
}
