import type { Operation, Receipt, Session } from '../../sync/connector.ts'
import type { Snapshot, ToolFields } from '../../sync/snapshot.ts'
import { openHttp } from '../http.ts'
import { type FakeOptions, type RequestTrackerFake, startRequestTrackerFake } from './fake.ts'
import { requestTracker } from './index.ts'
import type { RequestTrackerSettings } from './settings.ts'

/** For tests of this connector: a session against its fake, on one clock that the test moves. */

export const START_MS = Date.UTC(2026, 10, 22, 9, 0, 0)
const closers: (() => Promise<void>)[] = []
/** After each test. */
export const closeAll = async (): Promise<void> => {
  for (const close of closers.splice(0)) await close()
}

export interface Bench {
  readonly rt: RequestTrackerFake
  readonly session: Session
  /** Moves the clock of both sides. */
  later(seconds: number): void
  push(operation: Operation, bytes?: Uint8Array): Promise<Receipt>
  fetched(id: string): Promise<Snapshot>
}

export const bench = async (
  options: FakeOptions = {},
  more: Partial<RequestTrackerSettings> = {},
  ourClock?: () => Date,
): Promise<Bench> => {
  let ms = START_MS
  const now = ourClock ?? ((): Date => new Date(ms))
  const rt = await startRequestTrackerFake({ now, ...options })
  const settings = { ...rt.settings, ...more }
  const http = openHttp({
    baseUrl: requestTracker.baseUrl(settings),
    headers: () => requestTracker.headers(settings),
    now,
    allowPrivate: [rt.host],
  })
  closers.push(
    () => http.close(),
    () => rt.close(),
  )
  const session = requestTracker.connect(settings, http, now)
  const push = (operation: Operation, bytes: Uint8Array = new Uint8Array()): Promise<Receipt> =>
    session.push(operation, 'key', async function* () {
      yield bytes
    })
  const fetched = async (id: string): Promise<Snapshot> => {
    const snapshot = await session.fetch({ id })
    if (snapshot === 'gone') throw new Error(`ticket ${id} is gone`)
    return snapshot
  }
  const later = (seconds: number): void => {
    ms += seconds * 1000
  }
  return { rt, session, later, push, fetched }
}

export const creation = (fields: ToolFields = {}): Operation => ({
  op: 'create',
  container: 'Support',
  fields: { title: 'Login fails', description: 'After the reset', ...fields },
  marker: 'T-1',
})
export const updating = (id: string, fields: ToolFields, version: string | null = null): Operation => ({
  op: 'update',
  ref: { id },
  fields,
  version,
})
export const attaching = (id: string, name: string, mediaType: string, size: number): Operation => ({
  op: 'attach',
  ref: { id },
  name,
  mediaType,
  size,
  sha256: '',
  visibility: 'internal',
})
