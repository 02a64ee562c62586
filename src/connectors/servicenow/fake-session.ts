import type { Session } from '../../sync/connector.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { openHttp } from '../http.ts'
import { type ServiceNowFake, startServiceNowFake } from './fake.ts'
import { servicenow } from './index.ts'
import type { Settings } from './settings.ts'

/** For tests: a pretended instance, sessions with it, and a clock that both read. */

export interface FakeWorld {
  readonly fake: ServiceNowFake
  readonly session: Session
  /** Another session, with other settings. */
  connect(more: Partial<Settings>): Session
  now(): Date
  later(ms: number): void
  /** Calls that the work makes. */
  callsOf(work: () => Promise<unknown>): Promise<readonly string[]>
  close(): Promise<void>
}

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

export const openFakeWorld = async (more: Partial<Settings> = {}): Promise<FakeWorld> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startServiceNowFake({ now })
  const open: { close(): Promise<void> }[] = []
  const connect = (settings: Partial<Settings>): Session => {
    const all = { ...fake.settings, ...more, ...settings }
    const http = openHttp({
      baseUrl: servicenow.baseUrl(all),
      headers: () => servicenow.headers(all),
      signIn: servicenow.signIn?.(all) ?? null,
      now,
      allowPrivate: [fake.host],
    })
    open.push(http)
    return servicenow.connect(all, http, now)
  }
  return {
    fake,
    session: connect({}),
    connect,
    now,
    later: (by) => {
      ms += by
    },
    callsOf: async (work) => {
      const before = fake.calls.length
      await work()
      return fake.calls.slice(before)
    },
    close: async () => {
      await fake.close()
      for (const http of open) await http.close()
    },
  }
}

/** Opens worlds and closes them all: `afterEach(worlds.close)`. */
export const manyWorlds = () => {
  const opened: FakeWorld[] = []
  return {
    open: async (more: Partial<Settings> = {}): Promise<FakeWorld> => {
      const made = await openFakeWorld(more)
      opened.push(made)
      return made
    },
    close: async (): Promise<void> => {
      for (const each of opened.splice(0)) await each.close()
    },
  }
}

export const incident = (id: string): RemoteRef => ({ id: `incident:${id}` })

export const sysId = ({ id }: RemoteRef): string => id.slice(id.indexOf(':') + 1)

let keys = 0

/** A record of ours; answers its ref. */
export const makeOurs = async (
  session: Session,
  fields: Readonly<Record<string, string>> = {},
  marker = `TK-${++keys}`,
): Promise<RemoteRef> => {
  const operation = {
    op: 'create',
    container: 'incident',
    fields: { title: 'Login fails', ...fields },
    marker,
  } as const
  const { ref } = await session.push(operation, marker)
  if (ref === null) throw new Error('no ref')
  return ref
}

export const shownOf = async (session: Session, ref: RemoteRef): Promise<Snapshot> => {
  const snapshot = await session.fetch(ref)
  if (snapshot === 'gone') throw new Error(`${ref.id} is gone`)
  return snapshot
}
