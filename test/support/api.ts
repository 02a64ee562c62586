import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { ApiDeps } from '../../src/api/deps.ts'
import { buildServer, type Server } from '../../src/api/server.ts'
import { createToken } from '../../src/commands/create-token.ts'
import { type CommandRunner, runCommand } from '../../src/commands/run-command.ts'
import { makeSignal } from '../../src/commands/work-signal.ts'
import { addSampleCompany } from '../../src/demo/sample-company.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { Role } from '../../src/domain/words.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import { connectorKinds } from '../../src/start/connector-kinds.ts'
import { blobsIn } from '../../src/store/blobs.ts'
import type { DiskWatch } from '../../src/store/disk-watch.ts'
import { portalReader } from '../../src/store/portal/portal-database.ts'
import { masterKeyFrom, saveSecret } from '../../src/store/secrets.ts'
import { openTestDatabase, type TestDatabase } from './database.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Answered = Awaited<ReturnType<Server['app']['inject']>>

/** The HTTP edge over a fresh database, asked without a socket (`app.inject`), with a clock that a test may turn. */
export interface TestApi {
  readonly server: Server
  readonly database: TestDatabase
  readonly runner: CommandRunner
  readonly deps: ApiDeps
  readonly disk: { nearlyFull: boolean }
  readonly clock: { now: Date }
  /** As whoever holds this token; `path` below `/api/v1/`. */
  ask(token: string, method: Method, path: string, payload?: object): Promise<Answered>
  /** As a browser that nobody signed in with: opens a page, or sends its form. */
  visit(path: string, form?: Readonly<Record<string, string>>): Promise<Answered>
  /** A token of this role; a customer's stands for this contact. */
  tokenOf(role: Role, more?: { contactId?: string; personId?: string }): Promise<string>
  /** A customer with one contact, by name. */
  customer(name: string): Promise<{ customerId: string; contactId: string }>
  /** A demo connection whose webhooks are signed with `secret`. */
  connection(key: string, secret: string): Promise<string>
  close(): Promise<void>
}

export const openTestApi = async (more: Partial<ApiDeps> = {}): Promise<TestApi> => {
  const database = await openTestDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'causeway-api-'))
  const clock = { now: new Date('2026-03-02T09:00:00.000Z') }
  const disk = { nearlyFull: false }
  const signal = makeSignal()
  const runner: CommandRunner = more.runner ?? {
    db: database.db,
    newId: uuidv7,
    now: () => clock.now,
    signal,
  }
  const master = masterKeyFrom(randomBytes(32))
  const deps: ApiDeps = {
    runner,
    signal,
    engine: 'embedded',
    intakeDb: database.db,
    readAsPortal: portalReader(database.db),
    master,
    disk: fakeDisk(disk),
    config: {
      dataDir: folder,
      publicUrl: null,
      allowHosts: [],
      trustedProxies: [],
      hookMaxBytes: 64 * 1024,
      uploadMaxBytes: 1024 * 1024,
      roles: ['web'],
      smtp: null,
    },
    identityProvider: null,
    version: '0.0.0-test',
    addSample: addSampleCompany,
    blobs: await blobsIn(join(folder, 'blobs')),
    kinds: connectorKinds(),
    checkConnection: async () => ({ ok: true, tool: 'Test 1.0', account: null, problems: [] }),
    tools: {
      guide: async (kind) => (kind === 'demo-desk' ? '# Demo' : null),
      checkDraft: async () => ({ ok: true, tool: 'Test 1.0', account: null, problems: [] }),
      describe: async () => ({
        ok: true,
        value: { containers: [], fields: [], statuses: [], transitions: null, people: [] },
      }),
      preview: async () => ({ ok: true, value: [] }),
    },
    budgetOf: async () => null,
    joinConnections: async () => ({
      ok: true,
      value: { pairs: [], unclear: [], read: { desk: 0, tracker: 0 }, joined: null },
    }),
    ...more,
  }
  const server = await buildServer(deps, pino({ level: 'silent' }))
  return {
    server,
    database,
    runner,
    deps,
    disk,
    clock,
    visit: (path, form) =>
      server.app.inject(
        form === undefined
          ? { method: 'GET', url: path }
          : {
              ...{ method: 'POST', url: path, payload: new URLSearchParams(form).toString() },
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
            },
      ),
    ask: (token, method, path, payload) =>
      server.app.inject({
        method,
        url: `/api/v1/${path}`,
        headers: { authorization: `Bearer ${token}` },
        ...(payload === undefined ? {} : { payload }),
      }),
    tokenOf: (role, holder = {}) => tokenOf(runner, role, holder),
    customer: (name) => makeCustomer(runner, name),
    connection: async (key, secret) => {
      const id = await makeConnection(deps, key, secret)
      // webhooks look for new connections once a second at most: they may have looked just before
      clock.now = new Date(clock.now.getTime() + 2_000)
      return id
    },
    close: async () => {
      await server.app.close()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const fakeDisk = (disk: { nearlyFull: boolean }): DiskWatch => ({
  isNearlyFull: () => disk.nearlyFull,
  freeBytes: () => (disk.nearlyFull ? 1 : 1e12),
  look: async () => {},
  stop: () => {},
})

const tokenOf = async (
  runner: CommandRunner,
  role: Role,
  holder: { contactId?: string; personId?: string },
): Promise<string> => {
  // a token is never worth more than whom it stands for
  if (role === 'customer admin' && holder.contactId !== undefined)
    await runner.db
      .updateTable('contact')
      .set({ is_admin: true })
      .where('id', '=', holder.contactId)
      .execute()
  const made = await runCommand(runner, SYSTEM, createToken, {
    name: `test ${role}`,
    roles: [role],
    validForMs: null,
    ...holder,
  })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.token
}

const makeCustomer = async (runner: CommandRunner, name: string) => {
  const [customerId, contactId] = [runner.newId(), runner.newId()]
  const created_at = runner.now()
  const key = name.toLowerCase()
  await runner.db.insertInto('customer').values({ id: customerId, key, name, created_at }).execute()
  await runner.db
    .insertInto('contact')
    .values({
      id: contactId,
      customer_id: customerId,
      name: `${name}'s contact`,
      email: `c@${key}.test`,
      created_at,
    })
    .execute()
  return { customerId, contactId }
}

const makeConnection = async (deps: ApiDeps, key: string, secret: string): Promise<string> => {
  const id = deps.runner.newId()
  const now = deps.runner.now()
  const url = 'http://demo.invalid:80/'
  await deps.runner.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('connection')
      .values({
        id,
        key,
        kind: 'demo-desk',
        party: 'desk',
        title: key,
        state: 'active',
        settings: JSON.stringify({ url }),
        poll_every_s: 60,
        sweep_every_s: 900,
        created_at: now,
        updated_at: now,
      })
      .execute()
    const place = { connectionId: id, field: 'webhookSecret', origin: new URL(url).origin }
    await saveSecret(tx, deps.master, place, secret, now)
  })
  return id
}
