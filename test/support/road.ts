import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KyselyPlugin } from 'kysely'
import { type Command, runCommand } from '../../src/commands/run-command.ts'
import { type HeardSignal, makeSignal } from '../../src/commands/work-signal.ts'
import { createDemoTool, type DemoTool } from '../../src/connectors/demo/fake.ts'
import { demoTools } from '../../src/connectors/demo/instances.ts'
import { seededRandom } from '../../src/connectors/demo/seeded-random.ts'
import type { DemoToolOptions } from '../../src/connectors/demo/tool/model.ts'
import { type Actor, SYSTEM } from '../../src/domain/actor.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { blobsIn } from '../../src/store/blobs.ts'
import type { Database } from '../../src/store/database.ts'
import { LEASE_SECONDS } from '../../src/store/lease.ts'
import { masterKeyFrom } from '../../src/store/secrets.ts'
import type { Mapping } from '../../src/sync/mapping.ts'
import type { CrashPoint, WorkerDeps } from '../../src/worker/deps.ts'
import { startWorker, type Worker } from '../../src/worker/start-worker.ts'
import { callingTest, noteCounts } from './note-counts.ts'

/**
 * A whole road for tests: a simulated desk, a simulated tracker, the hub between them and a worker, on a clock that
 * the test moves. The judge is what the tools' own ledgers say.
 */
export interface Road {
  readonly db: Database
  readonly desk: DemoTool
  readonly tracker: DemoTool
  /** Of another support team, where `secondDesk` asks for it. */
  readonly desk2: DemoTool | null
  readonly ids: {
    readonly desk: string
    readonly desk2: string
    readonly tracker: string
    readonly product: string
    readonly component: string
    readonly team: string
  }
  readonly clock: TestClock
  readonly deps: WorkerDeps
  worker: Worker
  readonly signal: HeardSignal
  /** Works until nothing is left to do now. */
  settle(): Promise<void>
  /** Works and moves the clock until both sides agree and nothing waits, at most `minutes` of the clock. */
  converge(minutes?: number): Promise<void>
  /** A new worker, after the old one has finished what it had in hand. */
  restart(): Promise<void>
  /**
   * The next time this point is passed (after `passing` others), the worker is dead: no word of it reaches the database
   * any more. `settle` and `converge` start another one when its leases have run out.
   */
  crashAt(point: CrashPoint, passing?: number): void
  /** How often a worker died. */
  readonly crashes: number
  /** What the worker logged. */
  readonly logged: readonly { readonly level: string; readonly message: string; readonly data: string }[]
  run<I, T>(actor: Actor, command: Command<I, T>, input: I): ReturnType<typeof runCommand<I, T>>
  close(): Promise<void>
}

export interface TestClock extends Clock {
  advance(ms: number): void
}

export const testClock = (start = '2026-03-02T08:00:00.000Z'): TestClock => {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    // a sleeper lets the time pass: nothing else moves it while it waits
    sleep: async (ms) => {
      at += Math.min(ms, 1_000)
      await new Promise((resolve) => setImmediate(resolve))
    },
    advance: (ms) => {
      at += ms
    },
  }
}

export const DESK_MAPPING: Mapping = {
  record: 'ticket',
  containers: ['support'],
  types: [],
  adopt: true,
  fields: [
    { hub: 'title', tool: 'title', direction: 'both', conflict: 'ask' },
    { hub: 'description', tool: 'description', direction: 'both', conflict: 'ask' },
    { hub: 'severity', tool: 'cf:Severity', direction: 'both', conflict: 'ask' },
    { hub: 'version', tool: 'cf:Version', direction: 'both', conflict: 'ask' },
    { hub: 'environment', tool: 'cf:Environment', direction: 'both', conflict: 'tool wins' },
    {
      hub: 'product',
      tool: 'cf:Product',
      direction: 'to hub',
      conflict: 'tool wins',
      values: { Portal: 'portal', Gateway: 'gateway' },
    },
    { hub: 'requester', tool: 'requester', direction: 'to hub', conflict: 'tool wins' },
    { hub: 'custom.Escalate', tool: 'cf:Escalate', direction: 'to hub', conflict: 'tool wins' },
    { hub: 'engineering.key', tool: 'cf:Engineering key', direction: 'to tool', conflict: 'hub wins' },
    { hub: 'engineering.url', tool: 'cf:Engineering link', direction: 'to tool', conflict: 'hub wins' },
    { hub: 'engineering.status', tool: 'cf:Engineering status', direction: 'to tool', conflict: 'hub wins' },
    { hub: 'release.planned', tool: 'cf:Planned release', direction: 'to tool', conflict: 'hub wins' },
  ],
  status: {
    owner: 'tool',
    toHub: {
      new: 'new',
      open: 'open',
      pending: 'waiting customer',
      'on hold': 'waiting release',
      solved: 'resolved',
      closed: 'closed',
    },
    toTool: [{ when: 'open', from: ['pending', 'on hold', 'new'], to: 'open' }],
  },
  comments: { public: 'everyone', internal: 'staff', sendPublic: ['everyone'] },
  attachments: { public: 'everyone', internal: 'staff', sendPublic: ['everyone'] },
  people: {},
  products: {},
  components: {},
  releases: false,
  onCreate: {},
}

export const TRACKER_MAPPING: Mapping = {
  record: 'work item',
  containers: ['ENG'],
  types: [],
  adopt: false,
  fields: [
    { hub: 'title', tool: 'title', direction: 'both', conflict: 'ask' },
    { hub: 'description', tool: 'description', direction: 'both', conflict: 'ask' },
    { hub: 'severity', tool: 'cf:Severity', direction: 'to tool', conflict: 'hub wins' },
    { hub: 'version', tool: 'cf:Version', direction: 'both', conflict: 'hub wins' },
    { hub: 'environment', tool: 'cf:Environment', direction: 'both', conflict: 'hub wins' },
    { hub: 'tickets.urls', tool: 'cf:Ticket links', direction: 'to tool', conflict: 'hub wins' },
    { hub: 'customers.count', tool: 'cf:Customers', direction: 'to tool', conflict: 'hub wins' },
    { hub: 'release', tool: 'release', direction: 'both', conflict: 'tool wins' },
    { hub: 'assignee', tool: 'owner', direction: 'to hub', conflict: 'tool wins' },
    { hub: 'decline reason', tool: 'cf:Decline reason', direction: 'both', conflict: 'tool wins' },
  ],
  status: {
    owner: 'tool',
    toHub: {
      triage: 'triage',
      backlog: 'backlog',
      ready: 'ready',
      'in progress': 'started',
      'in review': 'in review',
      verifying: 'verifying',
      done: 'done',
      declined: 'declined',
      duplicate: 'duplicate',
    },
    toTool: [],
  },
  comments: { public: 'staff', internal: 'engineering', sendPublic: ['everyone', 'staff'] },
  attachments: { public: 'staff', internal: 'engineering', sendPublic: ['everyone', 'staff'] },
  people: {},
  products: { ENG: 'portal' },
  components: {},
  releases: true,
  onCreate: { type: 'Bug' },
}

export interface RoadOptions {
  readonly db: Database
  readonly seed: number
  readonly desk?: Partial<DemoToolOptions>
  readonly tracker?: Partial<DemoToolOptions>
  readonly deskMapping?: Partial<Mapping>
  readonly trackerMapping?: Partial<Mapping>
  readonly clock?: TestClock
  readonly crashPoint?: (name: CrashPoint) => void
  readonly secondDesk?: Partial<DemoToolOptions>
  readonly maxFileBytes?: number
  /** Seconds between sweeps. */
  readonly sweepEvery?: number
  readonly log?: WorkerDeps['log']
}

let roads = 0

/** Empties the database and builds a road on it. */
export const buildRoad = async (options: RoadOptions): Promise<Road> => {
  const { db } = options
  const test = callingTest()
  const clock = options.clock ?? testClock()
  roads += 1
  const random = seededRandom(options.seed)
  const now = (): Date => clock.now()
  const tool = (kind: 'desk' | 'tracker', more: Partial<DemoToolOptions> | undefined): DemoTool => {
    const made = createDemoTool({ kind, name: `${kind}-${roads}`, now, random, ...more })
    demoTools.set(made.name, made)
    return made
  }
  const desk = tool('desk', options.desk)
  const tracker = tool('tracker', options.tracker)
  const desk2 =
    options.secondDesk === undefined
      ? null
      : tool('desk', { name: `second-desk-${roads}`, ...options.secondDesk })
  const tools = [desk, tracker, ...(desk2 === null ? [] : [desk2])]
  let count = 0
  const newId = (): string => {
    count += 1
    return `00000000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`
  }
  const signal = makeSignal()
  const logged: { level: string; message: string; data: string }[] = []
  let crashes = 0
  const folder = await mkdtemp(join(tmpdir(), 'causeway-road-'))
  await emptyTables(db)
  const ids = await insertOrganisation(db, { desk, tracker, desk2 }, options, newId, now())
  const deps: WorkerDeps = {
    runner: { db, newId, now, signal },
    clock,
    blobs: await blobsIn(folder),
    masterKey: masterKeyFrom(new Uint8Array(32).fill(7)),
    publicUrl: 'https://causeway.example',
    callbackUrl: 'https://causeway.example',
    maxFileBytes: options.maxFileBytes ?? 256 * 1024 * 1024,
    allowPrivate: [],
    leaseClock: 'given',
    log: (level, message, data) => {
      logged.push({ level, message, data: JSON.stringify(data) })
      options.log?.(level, message, data)
    },
    crashPoint: (name) => options.crashPoint?.(name),
  }
  let armed: { readonly point: CrashPoint; left: number } | null = null
  let process = startProcess(deps, (name) => {
    if (armed === null || armed.point !== name) return false
    armed.left -= 1
    if (armed.left >= 0) return false
    armed = null
    crashes += 1
    return true
  })
  let restarts = 0
  const replace = async (): Promise<void> => {
    restarts += 1
    await process.worker.stop()
    process = startProcess(deps, process.dies)
    road.worker = process.worker
  }
  const connectionOf = (one: DemoTool): string =>
    one === desk ? ids.desk : one === tracker ? ids.tracker : ids.desk2
  const stops = tools.map((one) =>
    one.subscribe(async (hook) => {
      const connectionId = connectionOf(one)
      await db
        .insertInto('hint')
        .values({
          connection_id: connectionId,
          remote_id: JSON.parse(Buffer.from(hook.bytes).toString()).item.id,
          why: 'webhook',
          lane: 1,
          received_at: now(),
        })
        .execute()
      return 200
    }),
  )
  const road: Road = {
    db,
    desk,
    tracker,
    desk2,
    ids,
    clock,
    deps,
    worker: process.worker,
    logged,
    get crashes() {
      return crashes
    },
    crashAt: (point, passing = 0) => {
      armed = { point, left: passing }
    },
    signal,
    settle: async () => {
      for (let round = 0; round < 50; round += 1) {
        let hooks = 0
        for (const one of tools) hooks += await one.deliverHooks()
        const did = await process.run()
        if (process.isDead()) {
          clock.advance((LEASE_SECONDS + 1) * 1000)
          await replace()
        } else if (did === 0 && hooks === 0) return
      }
    },
    converge: async (minutes = 30) => {
      const until = clock.now().getTime() + minutes * 60_000
      for (let step = 0; clock.now().getTime() < until; step += 1) {
        await road.settle()
        const waiting = await db
          .selectFrom('mirror')
          .select((is) => is.fn.countAll<number>().as('n'))
          .whereRef('dirty_seq', '>', 'clean_seq')
          .where('state', 'in', ['candidate', 'creating', 'live'])
          .executeTakeFirstOrThrow()
        const listing = await db
          .selectFrom('connection')
          .select('next_poll_at')
          .where('state', '=', 'active')
          .execute()
        const polled = listing.every((row) => row.next_poll_at !== null)
        if (waiting.n === 0 && polled && step > 3 && tools.every((one) => one.hooksWaiting === 0)) return
        clock.advance(step < 12 ? 10_000 : 60_000)
      }
    },
    restart: replace,
    run: (actor, command, input) => runCommand(deps.runner, actor, command, input),
    close: async () => {
      for (const stop of stops) stop()
      await road.worker.stop()
      for (const one of tools) demoTools.delete(one.name)
      noteCounts({ test, seed: options.seed }, tools, restarts)
      await rm(folder, { recursive: true, force: true })
    },
  }
  return road
}

/** Thrown in a worker that is dead. */
class Crashed extends Error {}

export interface WorkerProcess {
  readonly worker: Worker
  /** Works until nothing is left to do, or until it dies. */
  run(): Promise<number>
  isDead(): boolean
  readonly dies: (point: CrashPoint) => boolean
}

/** A worker with a connection to the database of its own, which ends when it dies: as with a killed process. */
export const startProcess = (deps: WorkerDeps, dies: (point: CrashPoint) => boolean): WorkerProcess => {
  let dead = false
  const guard: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (dead) throw new Crashed('this worker is dead')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const worker = startWorker(
    {
      ...deps,
      runner: { ...deps.runner, db: deps.runner.db.withPlugin(guard) },
      crashPoint: (name) => {
        if (dies(name)) dead = true
        if (dead) throw new Crashed(`died at ${name}`)
        deps.crashPoint(name)
      },
      log: (level, message, data) => {
        if (!dead) deps.log(level, message, data)
      },
    },
    { slots: 8, idleMs: Number.POSITIVE_INFINITY },
  )
  return {
    worker,
    run: async () => {
      try {
        return await worker.runOnce()
      } catch (thrown) {
        if (thrown instanceof Crashed) return 0
        throw thrown
      }
    },
    isDead: () => dead,
    dies,
  }
}

export const emptyTables = async (db: Database): Promise<void> => {
  const { sql } = await import('kysely')
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely%'`.execute(
    db,
  )
  await sql`truncate ${sql.join(tables.rows.map((row) => sql.table(row.name)))} restart identity cascade`.execute(
    db,
  )
  await sql`alter sequence ticket_number restart`.execute(db)
  await sql`alter sequence work_item_number restart`.execute(db)
}

/** A product, its team and people, a route, a rule, and the connections. `url`: the tools are served there, not in this process. */
export const insertOrganisation = async (
  db: Database,
  tools: { readonly desk: DemoTool; readonly tracker: DemoTool; readonly desk2: DemoTool | null },
  options: Pick<RoadOptions, 'deskMapping' | 'trackerMapping' | 'sweepEvery'> & {
    readonly pollEvery?: number
    readonly urls?: { readonly desk: string; readonly tracker: string }
  },
  newId: () => string,
  at: Date,
): Promise<Road['ids']> => {
  const ids = {
    desk: newId(),
    desk2: newId(),
    tracker: newId(),
    product: newId(),
    component: newId(),
    team: newId(),
  }
  const common = { created_at: at }
  await db
    .insertInto('team')
    .values({ id: ids.team, key: 'engineering', name: 'Engineering', ...common })
    .execute()
  await db
    .insertInto('product')
    .values({ id: ids.product, key: 'portal', name: 'Portal', team_id: ids.team, ...common })
    .execute()
  await db
    .insertInto('component')
    .values({
      id: ids.component,
      product_id: ids.product,
      key: 'login',
      name: 'Login',
      team_id: ids.team,
      ...common,
    })
    .execute()
  for (const user of [...tools.desk.setup.users, ...tools.tracker.setup.users]) {
    if (user.email === null || user.name.includes('Customer')) continue
    const known = await db
      .selectFrom('person')
      .select('id')
      .where('email', '=', user.email)
      .executeTakeFirst()
    if (known === undefined)
      await db
        .insertInto('person')
        .values({ id: newId(), name: user.name, email: user.email, roles: ['agent'], ...common })
        .execute()
  }
  const connection = (id: string, party: 'desk' | 'tracker', name: string, key: string = party) => ({
    id,
    key,
    kind: `demo-${party}`,
    party,
    title: `Demo ${key}`,
    state: 'active' as const,
    settings: JSON.stringify(options.urls === undefined ? { instance: name } : { url: options.urls[party] }),
    mapping_version: 1,
    poll_every_s: options.pollEvery ?? 60,
    sweep_every_s: options.sweepEvery ?? 900,
    created_at: at,
    updated_at: at,
  })
  await db
    .insertInto('connection')
    .values([
      connection(ids.desk, 'desk', tools.desk.name),
      connection(ids.tracker, 'tracker', tools.tracker.name),
      ...(tools.desk2 === null ? [] : [connection(ids.desk2, 'desk', tools.desk2.name, 'desk2')]),
    ])
    .execute()
  const mapping = (id: string, document: Mapping) => ({
    connection_id: id,
    version: 1,
    document: JSON.stringify(document),
    made_at: at,
    made_by: JSON.stringify(SYSTEM),
  })
  await db
    .insertInto('mapping')
    .values([
      mapping(ids.desk, { ...DESK_MAPPING, ...options.deskMapping }),
      mapping(ids.tracker, { ...TRACKER_MAPPING, ...options.trackerMapping }),
      ...(tools.desk2 === null ? [] : [mapping(ids.desk2, { ...DESK_MAPPING, ...options.deskMapping })]),
    ])
    .execute()
  await db
    .insertInto('route')
    .values({
      id: newId(),
      position: 1,
      product_id: ids.product,
      connection_id: ids.tracker,
      container: 'ENG',
      item_type: 'Bug',
    })
    .execute()
  await db
    .insertInto('rule')
    .values({
      id: newId(),
      key: 'escalate-on-yes',
      position: 1,
      record_kind: 'ticket',
      expression: "ticket.custom.Escalate == 'yes'",
      action: JSON.stringify([{ do: 'escalate' }]),
    })
    .execute()
  return ids
}
