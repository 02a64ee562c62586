import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BudgetLeft, HealthDeps } from '../api/deps.ts'
import { buildHealthServer } from '../api/health-server.ts'
import { buildServer } from '../api/server.ts'
import type { CommandRunner } from '../commands/run-command.ts'
import { makeSignal } from '../commands/work-signal.ts'
import type { Config } from '../config.ts'
import { openDemoTools } from '../demo/demo-tools.ts'
import { addSampleCompany } from '../demo/sample-company.ts'
import { setUpDemo } from '../demo/set-up-demo.ts'
import { identityProvider } from '../identity/provider.ts'
import { systemClock } from '../lib/clock.ts'
import { uuidv7 } from '../lib/ids.ts'
import { ok, type Result } from '../lib/result.ts'
import { blobsIn } from '../store/blobs.ts'
import { watchDisk } from '../store/disk-watch.ts'
import type { Worker } from '../worker/start-worker.ts'
import { checkBlobsFolder } from './blobs-folder.ts'
import { checkConnection } from './check-connection.ts'
import { connectorKinds } from './connector-kinds.ts'
import { joinConnections } from './join-connections.ts'
import { checkKey, loadKey } from './key-file.ts'
import { listen } from './listen.ts'
import { markStopped, writeLocalFile } from './local-file.ts'
import type { Log } from './log.ts'
import { type OpenStore, openStore } from './open-store.ts'
import { firstSignInToken } from './sign-in-token.ts'
import { startMails, startTelling, startWork } from './start-work.ts'
import { openToolDesk } from './tool-desk.ts'

/** A running Causeway: one process with its roles. */
export interface Running {
  /** Null without the web role. */
  readonly url: string | null
  /** Where a process without the web role answers for its health, if it was asked to. */
  readonly healthUrl: string | null
  readonly signInToken: string | null
  readonly engine: OpenStore['engine']
  readonly runner: CommandRunner
  /** Stops intake, finishes what is under way, closes the database, gives the folder free. */
  stop(): Promise<void>
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/**
 * Puts the parts together, bottom up: store, key, roles. What was started is stopped again, in reverse order, when a
 * later part fails. An error is a sentence for the person who starts us.
 */
export const start = async (config: Config, log: Log): Promise<Result<Running, string>> => {
  const undo: (() => Promise<void> | void)[] = []
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step()
  }
  try {
    const started = await startParts(config, log, undo)
    if (!started.ok) {
      await stop()
      return started
    }
    return ok({ ...started.value, stop })
  } catch (error) {
    await stop()
    throw error
  }
}

const startParts = async (
  config: Config,
  log: Log,
  undo: (() => Promise<void> | void)[],
): Promise<Result<Omit<Running, 'stop'>, string>> => {
  const store = await openStore(config, log)
  if (!store.ok) return store
  undo.push(() => store.value.close())
  const master = loadKey(config)
  if (!master.ok) return master
  const belongs = await checkKey(store.value.db, master.value, config.dataDir)
  if (!belongs.ok) return belongs

  const signal = makeSignal()
  const runner = { db: store.value.db, newId: uuidv7, now: () => new Date(), signal } satisfies CommandRunner
  const disk = await watchDisk({ folder: config.dataDir, minFreeBytes: config.minFreeBytes })
  undo.push(() => disk.stop())

  const folder = join(config.dataDir, 'blobs')
  const blobs = await blobsIn(folder)
  const shared = await checkBlobsFolder({ db: store.value.db, blobs, folder, newId: uuidv7 })
  if (!shared.ok) return shared

  const kinds = connectorKinds()
  if (config.demo) {
    const demo = openDemoTools(config.dataDir, runner.now)
    undo.push(() => demo.stop())
    await setUpDemo(runner, { kinds, master: master.value })
    demo.play()
  }

  let running: Worker | null = null
  const work = (listensAt: string | null): void => {
    if (!config.roles.includes('worker')) return
    const parts = { runner, blobs, masterKey: master.value, config, listensAt }
    const worker = startWork(parts, log)
    running = worker
    undo.push(() => worker.stop())
    const mails = startMails(parts, log)
    undo.push(async () => mails?.stop())
    const telling = startTelling(parts, log)
    undo.push(() => telling.stop())
  }

  if (!config.roles.includes('web')) {
    const health = await openHealth({ runner, disk, version }, config, log, undo)
    if (!health.ok) return health
    work(null)
    return ok({
      url: null,
      healthUrl: health.value,
      signInToken: null,
      engine: store.value.engine,
      runner,
    })
  }
  const server = await buildServer(
    {
      runner,
      signal,
      engine: store.value.engine,
      intakeDb: store.value.intakeDb,
      readAsPortal: store.value.readAsPortal,
      master: master.value,
      disk,
      config,
      identityProvider: config.oidc === null ? null : identityProvider(config.oidc),
      version,
      addSample: addSampleCompany,
      blobs,
      kinds,
      checkConnection: (key) =>
        checkConnection(runner.db, key, {
          masterKey: master.value,
          clock: systemClock,
          allowPrivate: config.allowHosts,
        }),
      tools: openToolDesk(runner.db, {
        masterKey: master.value,
        clock: systemClock,
        allowPrivate: config.allowHosts,
      }),
      budgetOf: (key) => budgetOf(running, key),
      joinConnections: (request, watch) =>
        joinConnections(
          runner,
          request,
          { masterKey: master.value, clock: systemClock, allowPrivate: config.allowHosts },
          watch,
        ),
    },
    log,
  )
  undo.push(() => server.app.close())
  const listening = await listen(server.app, {
    host: config.host,
    port: config.port,
    hostVariable: 'CAUSEWAY_HOST',
    portVariable: 'CAUSEWAY_PORT',
  })
  if (!listening.ok) return listening
  const url = listening.value
  await writeLocalFile(runner, config.dataDir, url)
  undo.push(() => markStopped(config.dataDir, url))
  work(url)
  return ok({
    url,
    healthUrl: null,
    signInToken: await firstSignInToken(runner),
    engine: store.value.engine,
    runner,
  })
}

/** Health and figures of a process without the web role, where it was told to show them. */
const openHealth = async (
  deps: HealthDeps,
  { health }: Pick<Config, 'health'>,
  log: Log,
  undo: (() => Promise<void> | void)[],
): Promise<Result<string | null, string>> => {
  if (health === null) return ok(null)
  const app = await buildHealthServer(deps, log)
  undo.push(() => app.close())
  return listen(app, {
    ...health,
    hostVariable: 'CAUSEWAY_HEALTH_HOST',
    portVariable: 'CAUSEWAY_HEALTH_PORT',
  })
}

/** Null where no worker runs beside us, or it has not opened the connection: an address or a secret may be wrong. */
const budgetOf = async (worker: Worker | null, key: string): Promise<BudgetLeft | null> => {
  try {
    return (await worker?.open(key))?.budget.read() ?? null
  } catch {
    return null
  }
}
