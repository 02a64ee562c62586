import type { Clock } from '../../src/lib/clock.ts'
import { startWorker } from '../../src/worker/start-worker.ts'
import { openTestApi, type TestApi } from './api.ts'

/** An installation as a company runs it: database, API on a socket, worker. Several can live in one test, and call each other. */
export interface Company {
  readonly api: TestApi
  readonly url: string
  /** As its owner; the answer, which must be no refusal. */
  ask<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<T>
  /** The worker looks at everything there is to do, once. */
  work(): Promise<number>
  readonly logged: readonly string[]
  close(): Promise<void>
}

/** `clock` is shared by all companies of a test; `friends`: addresses it may call although they are on this machine. */
export const openCompany = async (clock: Clock, friends: string[]): Promise<Company> => {
  const api = await openTestApi()
  const follow = (): void => {
    api.clock.now = clock.now()
  }
  follow()
  const url = await api.server.app.listen({ port: 0, host: '127.0.0.1' })
  friends.push(new URL(url).host)
  const logged: string[] = []
  const worker = startWorker(
    {
      runner: { ...api.runner, signal: api.deps.signal },
      clock,
      blobs: api.deps.blobs,
      masterKey: api.deps.master,
      publicUrl: url,
      callbackUrl: url,
      maxFileBytes: 1024 * 1024,
      allowPrivate: friends,
      leaseClock: 'given',
      log: (level, message, data) => logged.push(`${level}: ${message} ${JSON.stringify(data)}`),
      crashPoint: () => undefined,
    },
    { slots: 4, idleMs: Number.POSITIVE_INFINITY },
  )
  const owner = await api.tokenOf('owner')
  return {
    api,
    url,
    logged,
    ask: async (method, path, body) => {
      follow()
      const answer = await api.ask(owner, method, path, body)
      if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.body}`)
      return answer.json()
    },
    work: () => {
      follow()
      return worker.runOnce()
    },
    close: async () => {
      await worker.stop()
      await api.close()
    },
  }
}
