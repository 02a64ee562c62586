import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProduct } from '../../../src/commands/create-product.ts'
import { createTeam } from '../../../src/commands/create-team.ts'
import { createTicket } from '../../../src/commands/create-ticket.ts'
import { escalateTicket } from '../../../src/commands/escalate-ticket.ts'
import { type Command, runCommand } from '../../../src/commands/run-command.ts'
import { makeSignal } from '../../../src/commands/work-signal.ts'
import { SYSTEM } from '../../../src/domain/actor.ts'
import { uuidv7 } from '../../../src/lib/ids.ts'
import { blobsIn } from '../../../src/store/blobs.ts'
import type { Database } from '../../../src/store/database.ts'
import { LEASE_SECONDS } from '../../../src/store/lease.ts'
import { masterKeyFrom } from '../../../src/store/secrets.ts'
import type { FieldRule, Mapping } from '../../../src/sync/mapping.ts'
import { plainText } from '../../../src/sync/rich-text/plain.ts'
import type { RemoteRef, Snapshot, ToolField } from '../../../src/sync/snapshot.ts'
import type { CrashPoint, WorkerDeps } from '../../../src/worker/deps.ts'
import { emptyTables, startProcess } from '../../support/road.ts'
import type { Subject } from '../subject.ts'

/**
 * The hub with a true worker, and the subject's tool as engineering's tracker, spoken to over HTTP by the connector as a
 * connection of somebody's would be: what the hub promises must hold with each tool.
 */
export interface ToolRoad {
  readonly subject: Subject
  readonly db: Database
  /** A ticket and its escalation; answers the work item. */
  escalate(title?: string): Promise<{ readonly ticket: string; readonly workItem: string }>
  /** The same, in step with its item there. */
  inStep(
    title?: string,
  ): Promise<{ readonly ticket: string; readonly workItem: string; readonly ref: RemoteRef }>
  run<I, T>(command: Command<I, T>, input: I): Promise<T>
  /** The item as the tool shows it now. */
  shown(ref: RemoteRef): Promise<Snapshot>
  mirrors(): Promise<readonly { state: string; remote_id: string | null; container: string | null }[]>
  /** Works and lets time pass until nothing waits, at most so long. */
  converge(minutes?: number): Promise<void>
  /** Somebody did something there: the tool rings, and what follows is done. */
  rings(ref: RemoteRef): Promise<void>
  /** The worker dies the next time it comes here; another one takes over. */
  crashAt(point: CrashPoint): void
  /** Also of an item that is there already. */
  canWrite(field: ToolField): boolean
  readonly deps: WorkerDeps
  close(): Promise<void>
}

const writes = ({ capabilities }: Subject, field: ToolField): boolean =>
  capabilities.writes.includes(field) || (field.startsWith('cf:') && capabilities.writes.includes('cf:*'))

const mappingOf = async (subject: Subject, rules: readonly FieldRule[]): Promise<Mapping> => {
  const { statuses } = await subject.connect().describe()
  const field = (name: 'title' | 'description'): FieldRule => ({
    ...{ hub: name, tool: name, direction: writes(subject, name) ? 'both' : 'to hub', conflict: 'ask' },
  })
  return {
    ...{ record: 'work item', containers: [subject.container], types: [], adopt: false },
    fields: [field('title'), field('description'), ...rules],
    status: {
      owner: 'tool',
      toHub: Object.fromEntries(
        statuses.map(({ word, category }) => [
          word,
          category === 'done' ? 'done' : category === 'declined' ? 'declined' : 'started',
        ]),
      ),
      toTool: [],
    },
    comments: { public: 'staff', internal: 'engineering', sendPublic: ['everyone', 'staff'] },
    attachments: { public: 'staff', internal: 'engineering', sendPublic: ['everyone', 'staff'] },
    ...{ people: {}, products: {}, components: {}, releases: false, onCreate: {} },
  }
}

/** Every address of this machine that the settings name. */
const hostsIn = (settings: unknown): readonly string[] => [
  ...new Set(JSON.stringify(settings).match(/(?:127\.0\.0\.1|localhost):\d+/g) ?? []),
]

export const openToolRoad = async (
  db: Database,
  subject: Subject,
  rules: readonly FieldRule[] = [],
): Promise<ToolRoad> => {
  await emptyTables(db)
  const folder = await mkdtemp(join(tmpdir(), 'causeway-tool-road-'))
  const connectionId = uuidv7()
  const deps: WorkerDeps = {
    runner: { db, newId: uuidv7, now: subject.now, signal: makeSignal() },
    clock: {
      now: subject.now,
      // a sleeper lets the time pass: nothing else moves it while it waits
      sleep: async (ms) => {
        await subject.later(Math.min(ms, 1_000))
        await new Promise((resolve) => setImmediate(resolve))
      },
    },
    blobs: await blobsIn(folder),
    masterKey: masterKeyFrom(new Uint8Array(32).fill(7)),
    publicUrl: 'https://causeway.example',
    callbackUrl: null,
    maxFileBytes: 64 * 1024 * 1024,
    allowPrivate: hostsIn(subject.settings),
    leaseClock: 'given',
    log: () => {},
    crashPoint: () => {},
  }
  const run = async <I, T>(command: Command<I, T>, input: I): Promise<T> => {
    const result = await runCommand(deps.runner, SYSTEM, command, input)
    if (!result.ok) throw new Error(`refused (${result.error.code}): ${result.error.detail}`)
    return result.value
  }
  await run(createTeam, { key: 'web', name: 'Web' })
  const product = await run(createProduct, { key: 'shop', name: 'Shop', team: 'web' })
  const at = subject.now()
  await db
    .insertInto('connection')
    .values({
      ...{ id: connectionId, key: 'tool', kind: subject.connectorId, party: 'tracker', title: 'The tool' },
      ...{ state: 'active', settings: JSON.stringify(subject.settings), mapping_version: 1 },
      ...{ poll_every_s: 60, sweep_every_s: 900, created_at: at, updated_at: at },
    })
    .execute()
  const document = JSON.stringify(await mappingOf(subject, rules))
  await db
    .insertInto('mapping')
    .values({
      connection_id: connectionId,
      version: 1,
      document,
      made_at: at,
      made_by: JSON.stringify(SYSTEM),
    })
    .execute()
  await db
    .insertInto('route')
    .values({
      ...{ id: uuidv7(), position: 1, product_id: product.id, connection_id: connectionId },
      ...{ container: subject.container, item_type: null },
    })
    .execute()

  let armed: CrashPoint | null = null
  const dies = (point: CrashPoint): boolean => {
    if (armed !== point) return false
    armed = null
    return true
  }
  let process = startProcess(deps, dies)
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 50; round += 1) {
      const did = await process.run()
      if (process.isDead()) {
        await subject.later((LEASE_SECONDS + 1) * 1000)
        await process.worker.stop()
        process = startProcess(deps, dies)
      } else if (did === 0) return
    }
  }
  const waiting = async (): Promise<boolean> => {
    const dirty = await db
      .selectFrom('mirror')
      .select('id')
      .whereRef('dirty_seq', '>', 'clean_seq')
      .where('state', 'in', ['candidate', 'creating', 'live'])
      .execute()
    return dirty.length > 0
  }
  const road: ToolRoad = {
    ...{ subject, db, run, deps },
    escalate: async (title = 'Login fails') => {
      const made = { title, description: plainText('After the reset'), product: 'shop' }
      const { key: ticket } = await run(createTicket, made)
      const { workItem } = await run(escalateTicket, { ticket })
      return { ticket, workItem: workItem.key }
    },
    inStep: async (title) => {
      const made = await road.escalate(title)
      await road.converge()
      const mirror = (await road.mirrors()).at(-1)
      if (mirror?.state !== 'live' || mirror.remote_id === null)
        throw new Error(`the item is ${mirror?.state ?? 'nowhere'}`)
      return { ...made, ref: { id: mirror.remote_id } }
    },
    shown: async (ref) => {
      const snapshot = await subject.connect().fetch(ref)
      if (snapshot === 'gone') throw new Error(`${ref.id} is gone`)
      return snapshot
    },
    mirrors: () =>
      db.selectFrom('mirror').select(['state', 'remote_id', 'container']).orderBy('created_at').execute(),
    converge: async (minutes = 30) => {
      const until = subject.now().getTime() + minutes * 60_000
      for (let step = 0; subject.now().getTime() < until; step += 1) {
        await settle()
        if (step > 3 && !(await waiting())) return
        await subject.later(step < 12 ? 10_000 : 61_000)
      }
    },
    crashAt: (point) => {
      armed = point
    },
    rings: async ({ id }) => {
      const hint = { connection_id: connectionId, remote_id: id, why: 'webhook', lane: 1 }
      await db
        .insertInto('hint')
        .values({ ...hint, received_at: subject.now() })
        .execute()
      await subject.later(61_000)
      await road.converge(20)
    },
    canWrite: (field) => writes(subject, field) && subject.changes.some((change) => change.field === field),
    close: async () => {
      await process.worker.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return road
}
