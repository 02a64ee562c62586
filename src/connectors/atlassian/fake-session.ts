import type { Operation, Session } from '../../sync/connector.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { openHttp } from '../http.ts'
import { type JiraFake, type JiraFakeOptions, startJiraFake } from './fake.ts'
import { sessionOf } from './session.ts'
import { baseUrlOf, headersOf, type JiraSettings } from './settings.ts'

/** A pretended Jira, a clock that is moved by hand, and sessions over it. For tests. */
export interface FakeSession {
  readonly fake: JiraFake
  readonly session: Session
  readonly connect: (more?: Partial<JiraSettings>) => Session
  readonly later: (ms: number) => void
  readonly now: () => Date
  readonly close: () => Promise<void>
}

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

export const fakeSession = async (options: Omit<JiraFakeOptions, 'now'> = {}): Promise<FakeSession> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startJiraFake({ ...options, now })
  const settings = { ...fake.settings, defaultType: 'Task', internalRole: 'Developers' }
  const ways: ReturnType<typeof openHttp>[] = []
  const connect = (more: Partial<JiraSettings> = {}): Session => {
    const own = { ...settings, ...more }
    // OAuth's gateway is elsewhere; its token is the same here
    const headers = () =>
      own.clientId === undefined ? headersOf(own) : { authorization: `Bearer ${fake.settings.token}` }
    const http = openHttp({
      baseUrl: baseUrlOf({ ...own, cloudId: '' }),
      headers,
      now,
      allowPrivate: [fake.address],
    })
    ways.push(http)
    return sessionOf(own, http, now)
  }
  return {
    fake,
    session: connect(),
    connect,
    now,
    later: (more) => {
      ms += more
    },
    close: async () => {
      await fake.close()
      await Promise.all(ways.map((each) => each.close()))
    },
  }
}

export const made = async (
  session: Session,
  more: Partial<Extract<Operation, { op: 'create' }>> = {},
): Promise<RemoteRef> => {
  const operation = {
    op: 'create',
    container: 'ATLAS',
    fields: { title: 'Export hangs' },
    marker: 'TK-1',
    ...more,
  } as const
  const { ref } = await session.push(operation, 'k')
  if (ref === null) throw new Error('a create answers the ref')
  return ref
}

export const shown = async (session: Session, ref: RemoteRef): Promise<Snapshot> => {
  const found = await session.fetch(ref)
  if (found === 'gone') throw new Error('gone')
  return found
}
