import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { connect, type Database } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { type Chance, chanceOf } from '../sync-fuzz/chance.ts'
import { type Experiment, must, type Outcome, type Scale, zero } from './experiment.ts'
import { type PrivatePostgres, startPrivatePostgres } from './private-postgres.ts'
import { type Program, programOn, saveHookSecrets } from './program.ts'
import { connectTools, serveTools } from './served-tools.ts'
import { type Judgement, makeTraffic, type Traffic } from './traffic.ts'
import { untilAtRest, untilLinked } from './until-at-rest.ts'

/** R2 on a PostgreSQL of its own, which is stopped as by a power cut and whose sessions are ended, under load. */

interface Numbers {
  readonly items: number
  readonly operations: number
  /** Between two disturbances, ms. */
  readonly every: readonly [number, number]
  /** Both kinds are to be seen so often at least. */
  readonly disturbances: number
}

const SCALES: Readonly<Record<Scale, Numbers>> = {
  short: { items: 4, operations: 40, every: [500, 1_000], disturbances: 2 },
  long: { items: 100, operations: 5_000, every: [5_000, 10_000], disturbances: 20 },
}
const SEED = 2
/** People who act at once. */
const PEOPLE = 4
const AWAY_MS = 2_000
const PATIENCE_MS = 300_000

export const databaseStopped: Experiment = {
  id: 'R2',
  title: 'PostgreSQL stopped at once and its sessions ended, while tools ring and people work',
  run: async (_, scale) => {
    const postgres = await startPrivatePostgres()
    if (!postgres.ok) return { seed: SEED, counts: { run: `no: ${postgres.error}` }, failures: [] }
    const db = connect({ url: postgres.value.url, max: 3 })
    try {
      await migrate(db)
      return await stoppedUnderLoad(postgres.value, db, scale)
    } finally {
      await db.destroy()
      await postgres.value.close()
    }
  },
}

const stoppedUnderLoad = async (postgres: PrivatePostgres, db: Database, scale: Scale): Promise<Outcome> => {
  const numbers = SCALES[scale]
  const tools = await serveTools(SEED)
  const folder = await mkdtemp(join(tmpdir(), 'causeway-r2-'))
  await saveHookSecrets(db, tools, await connectTools(db, tools))
  const program = await programOn(folder, postgres.url, tools)
  const traffic = makeTraffic((look) => look(db), tools, program.hands, chanceOf(SEED))
  try {
    await program.start()
    traffic.report(numbers.items)
    await untilLinked(traffic, numbers.items, PATIENCE_MS)
    const load = { isOver: false }
    const disturbing = disturb(postgres, numbers, chanceOf(SEED + 100), load)
    const working = Promise.all(
      Array.from({ length: PEOPLE }, () => work(traffic, numbers.operations, disturbing)),
    )
    await working.finally(() => {
      load.isOver = true
    })
    const { stops, ended } = await disturbing.done
    const began = Date.now()
    const judgement = await untilAtRest(traffic, PATIENCE_MS)
    return outcomeOf(traffic, judgement, program, await unstored(db, program.rung), {
      'stopped at once': stops,
      'sessions ended': ended,
      'agreed after s': Math.round((Date.now() - began) / 1000),
    })
  } finally {
    program.stopRinging()
    await program.kill()
    await tools.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** One person: so many operations together with the others, and on, until the database was disturbed often enough. */
const work = async (traffic: Traffic, operations: number, disturbing: Disturbing): Promise<void> => {
  while (traffic.events < operations || !disturbing.isEnough()) {
    await traffic.act()
    await pause(traffic.events < operations ? 5 : 200)
  }
}

interface Disturbing {
  isEnough(): boolean
  readonly done: Promise<{ readonly stops: number; readonly ended: number }>
}

const disturb = (
  postgres: PrivatePostgres,
  numbers: Numbers,
  chance: Chance,
  load: { readonly isOver: boolean },
): Disturbing => {
  let times = 0
  let stops = 0
  let ended = 0
  const [least, most] = numbers.every
  const run = async (): Promise<{ stops: number; ended: number }> => {
    while (!load.isOver) {
      await pause(least + chance.below(most - least))
      if (times % 2 === 0) {
        await postgres.stopAtOnce()
        await pause(chance.below(AWAY_MS))
        await postgres.start()
        stops += 1
      } else ended += await postgres.terminateSessions()
      times += 1
    }
    return { stops, ended }
  }
  return { isEnough: () => times >= numbers.disturbances, done: run() }
}

/** Webhooks that were answered 2xx and are not in the database. */
export const unstored = async (db: Database, rung: Program['rung']): Promise<readonly string[]> => {
  const result = await sql<{ id: string }>`select delivery_id as id from delivery`.execute(db)
  const stored = new Set(result.rows.map((row) => row.id))
  return [...rung].flatMap(([id, status]) => (status >= 200 && status < 300 && !stored.has(id) ? [id] : []))
}

export const outcomeOf = (
  traffic: Traffic,
  judgement: Judgement,
  { rung }: Pick<Program, 'rung'>,
  notStored: readonly string[],
  more: Readonly<Record<string, number>>,
): Outcome => {
  const taken = [...rung.values()].filter((status) => status >= 200 && status < 300).length
  return {
    seed: SEED,
    counts: {
      operations: traffic.events,
      'webhooks taken': taken,
      'webhooks not taken': rung.size - taken,
      ...more,
      'taken and not stored': notStored.length,
      lost: judgement.lost,
      doubled: judgement.doubleCreates + judgement.doubleComments,
      'unknown without owner': judgement.unknownWithoutOwner,
    },
    failures: [
      ...zero('taken and not stored', notStored.length),
      ...zero('lost', judgement.lost),
      ...judgement.missing,
      ...zero('doubled', judgement.doubleCreates + judgement.doubleComments),
      ...zero('unknown without owner', judgement.unknownWithoutOwner),
      ...must('under way', judgement.underWay, judgement.atRest, '0'),
    ],
  }
}
