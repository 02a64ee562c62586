import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { createDemoTool, type DemoTool } from '../../src/connectors/demo/fake.ts'
import { seededRandom } from '../../src/connectors/demo/seeded-random.ts'
import { serveDemoTool } from '../../src/connectors/demo/serve.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import { connect, type Database } from '../../src/store/database.ts'
import { startEmbedded } from '../../src/store/embedded.ts'
import { migrate } from '../../src/store/migrate.ts'
import { insertOrganisation } from '../support/road.ts'
import { chanceOf } from '../sync-fuzz/chance.ts'
import { type Experiment, must, type Outcome, zero } from './experiment.ts'

/** R1 and R2: real worker processes, killed with -9 in the middle of their work, against tools over HTTP. */

interface Served {
  readonly desk: DemoTool
  readonly tracker: DemoTool
  readonly urls: { readonly desk: string; readonly tracker: string }
  close(): Promise<void>
}

const serveTools = async (seed: number): Promise<Served> => {
  const random = seededRandom(seed)
  const tool = (kind: 'desk' | 'tracker') =>
    createDemoTool({ kind, name: kind, now: () => new Date(), random })
  const [desk, tracker] = [tool('desk'), tool('tracker')]
  const [one, two] = [await serveDemoTool(desk), await serveDemoTool(tracker)]
  return {
    desk,
    tracker,
    urls: { desk: one.url, tracker: two.url },
    close: async () => void (await Promise.all([one.close(), two.close()])),
  }
}

const startProcess = async (args: readonly string[]): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [new URL('./worker-process.ts', import.meta.url).pathname, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)))
  })
  return child
}

const kill = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })

const work = (tools: Served, round: number): void => {
  const ticket = tools.desk.humanCreate(
    {
      container: 'support',
      fields: {
        title: `Trouble ${round}`,
        'cf:Product': 'Portal',
        'cf:Escalate': 'yes',
        requester: 'u-carla',
      },
    },
    'u-carla',
  )
  tools.desk.humanComment(ticket.id, `<p>says number-${round}</p>`, { by: 'u-carla' })
}

const agreed = (tools: Served, count: number): boolean =>
  tools.tracker.items().length === count &&
  tools.tracker.items().every((item) => item.comments.length === 1) &&
  tools.desk.items().every((item) => item.fields['cf:Engineering key'])

const judge = async (
  tools: Served,
  count: number,
  kills: number,
  seed: number,
  patienceMs: number,
): Promise<Outcome> => {
  const began = Date.now()
  while (!agreed(tools, count) && Date.now() - began < patienceMs) await pause(250)
  const seconds = Math.round((Date.now() - began) / 1000)
  const creates = tools.tracker.ledger.filter((line) => line.op === 'create' && line.via === 'api').length
  const comments = tools.tracker.ledger.filter(
    (line) => line.op === 'comment.add' && line.via === 'api',
  ).length
  const doubles = Math.max(0, creates - count) + Math.max(0, comments - count)
  const lost = Math.max(0, count - creates) + Math.max(0, count - comments)
  return {
    seed,
    counts: { items: count, kills, creates, comments, doubles, lost, 'agreed after s': seconds },
    failures: [
      ...zero('doubles', doubles),
      ...zero('lost', lost),
      ...must('seconds to agree', seconds, agreed(tools, count), `less than ${patienceMs / 1000}`),
    ],
  }
}

const prepare = (db: Database, tools: Served) =>
  insertOrganisation(
    db,
    { ...tools, desk2: null },
    { pollEvery: 1, sweepEvery: 20, urls: tools.urls },
    uuidv7,
    new Date(),
  )
const hosts = (tools: Served): string =>
  [tools.urls.desk, tools.urls.tracker].map((url) => new URL(url).host).join(',')

export const killedOnPostgres: Experiment = {
  id: 'R1',
  title: 'two workers on one PostgreSQL, killed at random in the middle of their work',
  run: async (test, scale) => {
    if (test.engine !== 'postgres')
      return { seed: 1, counts: { run: 'no: it needs PostgreSQL (CAUSEWAY_TEST_POSTGRES)' }, failures: [] }
    const chance = chanceOf(1)
    const tools = await serveTools(1)
    const folder = await mkdtemp(join(tmpdir(), 'causeway-r1-'))
    await sql`truncate connection, mapping, mirror, ticket, work_item, escalation, person, team, product, component, rule, route cascade`.execute(
      test.db,
    )
    await prepare(test.db, tools)
    const args = ['--folder', folder, '--database', test.url, '--allow', hosts(tools)]
    const kills = scale === 'long' ? 100 : 6
    const workers = [await startProcess(args), await startProcess(args)]
    await pause(2_500)
    for (let round = 0; round < kills; round += 1) {
      work(tools, round)
      await pause(chance.below(900))
      const which = chance.below(2)
      const victim = workers[which]
      if (victim !== undefined) await kill(victim)
      workers[which] = await startProcess(args)
    }
    const outcome = await judge(tools, kills, kills, 1, 150_000)
    await Promise.all(workers.map(kill))
    await tools.close()
    await rm(folder, { recursive: true, force: true })
    return outcome
  },
}

export const killedOnFolder: Experiment = {
  id: 'R2',
  title: 'a worker on its own folder, killed at random; a second process on the same folder',
  run: async (_, scale) => {
    const chance = chanceOf(2)
    const tools = await serveTools(2)
    const folder = await mkdtemp(join(tmpdir(), 'causeway-r2-'))
    const engine = await startEmbedded({ dataDir: `${folder}/data` })
    const db = connect({ url: engine.url, max: 2 })
    await migrate(db)
    await prepare(db, tools)
    await db.destroy()
    await engine.close()
    const args = ['--folder', folder, '--allow', hosts(tools)]
    const kills = scale === 'long' ? 40 : 2
    let worker = await startProcess(args)
    const second = await startProcess(args).then(
      (child) => kill(child).then(() => 'started'),
      (error: Error) => error.message,
    )
    await pause(2_000)
    for (let round = 0; round < kills; round += 1) {
      work(tools, round)
      await pause(500 + chance.below(2_000))
      await kill(worker)
      worker = await startProcess(args)
    }
    const outcome = await judge(tools, kills, kills, 2, 150_000)
    await kill(worker)
    await tools.close()
    await rm(folder, { recursive: true, force: true })
    return {
      ...outcome,
      counts: { ...outcome.counts, 'second process': second },
      failures: [...outcome.failures, ...(second.includes('3') ? [] : [`the second process: ${second}`])],
    }
  },
}
