import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { serveEmbedded } from './embedded-server.ts'

/**
 * The embedded engine, in a thread of its own because a long query blocks the thread it runs on. It listens on a
 * Unix socket that only our user can reach, so that the same driver speaks to it as to PostgreSQL.
 */
const { dataDir, socket, snapshot } = workerData as {
  dataDir: string | null
  socket: string
  snapshot: ArrayBuffer | null
}

const engine = await PGlite.create({
  extensions: { pg_trgm },
  ...(dataDir === null ? {} : { dataDir }),
  ...(snapshot === null ? {} : { loadDataDir: new Blob([snapshot]) }),
})
const server = await serveEmbedded(engine, socket)
parentPort?.postMessage({ ready: true })
parentPort?.on('message', async (message: { close?: true; dump?: true }) => {
  if (message.dump) {
    const file = await engine.dumpDataDir('none')
    parentPort?.postMessage({ dump: await file.arrayBuffer() })
    return
  }
  if (!message.close) return
  await server.close()
  await engine.close()
  parentPort?.postMessage({ closed: true })
  parentPort?.close()
})
