import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildServer, type Server } from '../api/server.ts'
import type { CommandRunner } from '../commands/run-command.ts'
import { makeSignal } from '../commands/work-signal.ts'
import type { Config } from '../config.ts'
import { openDemoTools } from '../demo/demo-tools.ts'
import { setUpDemo } from '../demo/set-up-demo.ts'
import { systemClock } from '../lib/clock.ts'
import { uuidv7 } from '../lib/ids.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { blobsIn } from '../store/blobs.ts'
import { watchDisk } from '../store/disk-watch.ts'
import { checkBlobsFolder } from './blobs-folder.ts'
import { checkConnection } from './check-connection.ts'
import { connectorKinds } from './connector-kinds.ts'
import { joinConnections } from './join-connections.ts'
import { checkKey, loadKey } from './key-file.ts'
import { markStopped, writeLocalFile } from './local-file.ts'
import type { Log } from './log.ts'
import { type OpenStore, openStore } from './open-store.ts'
import { firstSignInToken } from './sign-in-token.ts'
import { startWork } from './start-work.ts'

/** A running Causeway: one process with its roles. */
export interface Running {
  /** Null without the web role. */
  readonly url: string | null
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

  const work = (listensAt: string | null): void => {
    if (!config.roles.includes('worker')) return
    const worker = startWork({ runner, blobs, masterKey: master.value, config, listensAt }, log)
    undo.push(() => worker.stop())
  }

  if (!config.roles.includes('web')) {
    work(null)
    return ok({ url: null, signInToken: null, engine: store.value.engine, runner })
  }
  const server = await buildServer(
    {
      runner,
      signal,
      engine: store.value.engine,
      intakeDb: store.value.intakeDb,
      master: master.value,
      disk,
      config,
      version,
      blobs,
      kinds,
      checkConnection: (key) =>
        checkConnection(runner.db, key, {
          masterKey: master.value,
          clock: systemClock,
          allowPrivate: config.allowHosts,
        }),
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
  const listening = await listen(server, config)
  if (!listening.ok) return listening
  const url = listening.value
  await writeLocalFile(runner, config.dataDir, url)
  undo.push(() => markStopped(config.dataDir, url))
  work(url)
  return ok({ url, signInToken: await firstSignInToken(runner), engine: store.value.engine, runner })
}

const listen = async (server: Server, config: Config): Promise<Result<string, string>> => {
  try {
    return ok(await server.app.listen({ host: config.host, port: config.port }))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      return err(
        `${config.host}:${config.port} is taken by another program. Stop it, or choose another port with CAUSEWAY_PORT.`,
      )
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      return err(`This machine has no address ${config.host}. Correct CAUSEWAY_HOST.`)
    if (code === 'EACCES')
      return err(`Port ${config.port} needs more rights. Choose one above 1023 with CAUSEWAY_PORT.`)
    throw error
  }
}
