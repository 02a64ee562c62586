import type { Operation, Receipt, Session } from '../../sync/connector.ts'
import { openHttp } from '../http.ts'
import { type FreshserviceFake, type FreshserviceFakeOptions, startFreshserviceFake } from './fake.ts'
import { freshservice } from './index.ts'
import type { Settings } from './settings.ts'

/** A session with a pretended Freshservice and a clock to move, for the tests beside. */
export interface FakeSession extends AsyncDisposable {
  readonly fake: FreshserviceFake
  readonly session: Session
  /** A new session over the same tool, with other settings. */
  readonly another: (more?: Partial<Settings>) => Session
  readonly later: (ms: number) => void
  readonly now: () => Date
  readonly push: (operation: Operation) => Promise<Receipt>
  /** Calls since the last time this was asked. */
  readonly newCalls: () => readonly string[]
}

export const openFakeSession = async (
  options: FreshserviceFakeOptions = {},
  more: Partial<Settings> = {},
): Promise<FakeSession> => {
  let ms = Date.parse('2026-01-05T09:00:00.000Z')
  const now = (): Date => new Date(ms)
  const fake = await startFreshserviceFake({ now, ...options })
  const tools: { close(): Promise<void> }[] = []
  const another = (other: Partial<Settings> = {}): Session => {
    const settings = { ...fake.settings, ...more, ...other }
    const http = openHttp({
      baseUrl: freshservice.baseUrl(settings),
      headers: () => freshservice.headers(settings),
      fileHosts: freshservice.fileHosts?.(settings) ?? [],
      now,
      allowPrivate: [fake.host],
    })
    tools.push(http)
    return freshservice.connect(settings, http, now)
  }
  const session = another()
  let keys = 0
  let seen = 0
  return {
    ...{ fake, session, another, now },
    later: (by) => {
      ms += by
    },
    push: (operation) => {
      keys += 1
      return session.push(operation, `key-${keys}`)
    },
    newCalls: () => {
      const calls = fake.calls.slice(seen)
      seen = fake.calls.length
      return calls
    },
    [Symbol.asyncDispose]: async () => {
      await fake.close()
      for (const each of tools) await each.close()
    },
  }
}
