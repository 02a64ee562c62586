import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect, type Database } from '../../src/store/database.ts'
import { startEmbedded } from '../../src/store/embedded.ts'
import { readHolder } from '../../src/store/lock.ts'
import { migrate } from '../../src/store/migrate.ts'
import { type Chance, chanceOf } from '../sync-fuzz/chance.ts'
import { type Experiment, must, type Scale } from './experiment.ts'
import { type Program, programOn, saveHookSecrets } from './program.ts'
import { outcomeOf, unstored } from './r2-database-stopped.ts'
import { connectTools, serveTools } from './served-tools.ts'
import { type Judgement, makeTraffic, type Traffic } from './traffic.ts'
import { untilLinked } from './until-at-rest.ts'

/** R2 on the embedded engine: the program is killed with -9 under load, and a second one meets the first. */

interface Numbers {
  readonly items: number
  readonly operations: number
  readonly kills: number
}

const SCALES: Readonly<Record<Scale, Numbers>> = {
  short: { items: 3, operations: 24, kills: 1 },
  long: { items: 50, operations: 5_000, kills: 100 },
}
const SEED = 2
const PEOPLE = 4
const PATIENCE_MS = 300_000
/** A look inside kills the program: before the next one it needs time to work. */
const WORK_MS = 4_000
const REFUSES_WITHIN_S = 2

export const killedOnFolder: Experiment = {
  id: 'R2',
  title: 'the program on its own folder, killed under load; a second one on the same folder',
  run: async (_, scale) => {
    const numbers = SCALES[scale]
    const tools = await serveTools(SEED)
    const folder = await mkdtemp(join(tmpdir(), 'causeway-r2-'))
    const data = join(folder, 'data')
    const program = await programOn(folder, null, tools)
    await insideFolder(data, async (db) => {
      await migrate(db)
      await saveHookSecrets(db, tools, await connectTools(db, tools))
    })
    let notStored: readonly string[] = []
    // the engine has one master: who looks inside kills the program first
    const inside = async <T>(look: (db: Database) => Promise<T>): Promise<T> => {
      await program.kill()
      return insideFolder(data, async (db) => {
        notStored = await unstored(db, program.rung)
        return look(db)
      })
    }
    const traffic = makeTraffic(inside, tools, program.hands, chanceOf(SEED))
    try {
      await program.start()
      const second = await secondOn(program, data, scale)
      traffic.report(numbers.items)
      await untilLinked(traffic, numbers.items, PATIENCE_MS)
      await killUnderLoad(program, traffic, numbers, chanceOf(SEED + 100))
      const began = Date.now()
      const judgement = await judgedAtRest(traffic, program)
      const agreed = Math.round((Date.now() - began) / 1000)
      const outcome = outcomeOf(traffic, judgement, program, notStored, {
        kills: numbers.kills,
        'agreed after s': agreed,
        'second process refused after s': second.seconds,
      })
      return { ...outcome, failures: [...outcome.failures, ...second.failures] }
    } finally {
      program.stopRinging()
      await program.kill()
      await tools.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** As `untilAtRest`, with few looks inside. */
const judgedAtRest = async (traffic: Traffic, program: Program): Promise<Judgement> => {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    while (traffic.missingThere().length > 0 && Date.now() < until) await pause(250)
    await pause(WORK_MS)
    const judgement = await traffic.judge()
    if (judgement.atRest || Date.now() > until) return judgement
    await program.start()
  }
}

const insideFolder = async <T>(data: string, look: (db: Database) => Promise<T>): Promise<T> => {
  const engine = await startEmbedded({ dataDir: join(data, 'database') })
  const db = connect({ url: engine.url, max: 2 })
  try {
    return await look(db)
  } finally {
    await db.destroy()
    await engine.close()
  }
}

const secondOn = async (
  program: Program,
  data: string,
  scale: Scale,
): Promise<{ readonly seconds: number; readonly failures: readonly string[] }> => {
  const holder = readHolder(data)?.pid
  const { code, said, seconds } = await program.startSecond()
  return {
    seconds,
    failures: [
      ...must('exit code of the second process', code ?? -1, code === 1, '1'),
      ...(said.includes(`process id ${holder}`) ? [] : [`it does not name ${holder}: ${said.slice(0, 200)}`]),
      // on a machine that does much else besides, a process alone takes as long to start
      ...(scale === 'long'
        ? must('seconds to refuse', seconds, seconds <= REFUSES_WITHIN_S, `at most ${REFUSES_WITHIN_S}`)
        : []),
    ],
  }
}

/** People work all the while; after each share of their operations, and a moment, the program is killed. */
const killUnderLoad = async (
  program: Program,
  traffic: Traffic,
  { operations, kills }: Numbers,
  chance: Chance,
): Promise<void> => {
  for (let kill = 1; kill <= kills; kill += 1) {
    const until = Math.round((operations * kill) / kills)
    const working = Promise.all(
      Array.from({ length: PEOPLE }, async () => {
        while (traffic.events < until) {
          await traffic.act()
          await pause(5)
        }
      }),
    )
    await pause(chance.below(1_500))
    await program.kill()
    await program.start()
    await working
  }
}
