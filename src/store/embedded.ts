import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** The embedded engine while it runs. */
export interface Embedded {
  /** For `connect`. */
  readonly url: string
  /** The whole data folder as a tar, to start other engines from (tests). */
  dump(): Promise<ArrayBuffer>
  close(): Promise<void>
}

/**
 * Starts the embedded PostgreSQL in a worker thread. `dataDir` null keeps all in memory. The caller must hold the
 * folder's lock. It has no fsync: it survives a killed process, not a power cut; for trying out and small use.
 */
export const startEmbedded = async (options: {
  readonly dataDir: string | null
  readonly snapshot?: ArrayBuffer
}): Promise<Embedded> => {
  // short and private: a Unix socket's path has room for 107 bytes, and the folder's mode is its only guard
  const folder = mkdtempSync(join(tmpdir(), 'causeway-'))
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
    workerData: {
      dataDir: options.dataDir,
      socket: join(folder, '.s.PGSQL.5432'),
      snapshot: options.snapshot ?? null,
    },
  })
  const message = <K extends string>(key: K): Promise<Record<K, unknown>> =>
    new Promise((resolve, reject) => {
      const onMessage = (value: Record<K, unknown>): void => {
        if (!(key in value)) return
        worker.off('message', onMessage)
        worker.off('error', reject)
        resolve(value)
      }
      worker.on('message', onMessage)
      worker.once('error', reject)
    })
  try {
    await message('ready')
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return {
    url: `postgresql:///postgres?host=${encodeURIComponent(folder)}&user=postgres&sslmode=disable`,
    dump: async () => {
      const answer = message('dump')
      worker.postMessage({ dump: true })
      return (await answer).dump as ArrayBuffer
    },
    close: async () => {
      const closed = message('closed')
      worker.postMessage({ close: true })
      await closed
      await worker.terminate()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
