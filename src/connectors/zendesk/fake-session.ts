import type { Operation, Receipt, Session } from '../../sync/connector.ts'
import { openHttp } from '../http.ts'
import { startZendeskFake, type ZendeskFake, type ZendeskFakeOptions } from './fake.ts'
import { zendesk } from './index.ts'
import type { Settings } from './settings.ts'

/** A session with a pretended Zendesk and a clock to move, for the tests beside. */
export interface FakeSession extends AsyncDisposable {
  readonly fake: ZendeskFake
  readonly session: Session
  /** A new session over the same tool, with other settings. */
  readonly another: (more?: Partial<Settings>) => Session
  readonly later: (ms: number) => void
  readonly now: () => Date
  readonly push: (operation: Operation, key?: string) => Promise<Receipt>
  /** Calls since the last time this was asked. */
  readonly newCalls: () => readonly string[]
}

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

export const openFakeSession = async (
  options: ZendeskFakeOptions = {},
  more: Partial<Settings> = {},
): Promise<FakeSession> => {
  let ms = START_MS
  const now = (): Date => new Date(ms)
  const fake = await startZendeskFake({ now, ...options })
  const closing: (() => Promise<void>)[] = []
  const another = (other: Partial<Settings> = {}): Session => {
    const settings = { ...fake.settings, ...more, ...other }
    const http = openHttp({
      baseUrl: zendesk.baseUrl(settings),
      headers: () => zendesk.headers(settings),
      signIn: zendesk.signIn?.(settings) ?? null,
      fileHosts: zendesk.fileHosts?.(settings) ?? [],
      now,
      allowPrivate: [fake.host],
    })
    closing.push(() => http.close())
    return zendesk.connect(settings, http, now)
  }
  const session = another()
  let keys = 0
  let seen = 0
  return {
    fake,
    session,
    another,
    later: (by) => {
      ms += by
    },
    now,
    push: (operation, key) => {
      keys += 1
      return session.push(operation, key ?? `key-${keys}`)
    },
    newCalls: () => {
      const calls = fake.calls.slice(seen)
      seen = fake.calls.length
      return calls
    },
    [Symbol.asyncDispose]: async () => {
      await fake.close()
      for (const close of closing) await close()
    },
  }
}
