import type { Session } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import { openHttp } from '../http.ts'
import { type RestFake, startRestFake } from './fake.ts'
import { rest } from './index.ts'
import type { Settings } from './schema.ts'

/** A session with the simulated tool over real HTTP, on a clock that is moved by hand. For the tests in this folder. */
export interface FakeSession {
  readonly fake: RestFake
  readonly session: Session
  readonly now: () => Date
  readonly tick: (ms: number) => void
  /** Another session, with other settings; `close` ends it too. */
  readonly connect: (settings: Settings, timeoutMs?: number) => Session
  readonly close: () => Promise<void>
}

/** No answer that comes may be late on a busy machine; a tool that hangs is asked with less. */
const PATIENT_MS = 30_000
const START = Date.parse('2026-01-02T03:00:00.000Z')

export const openFakeSession = async (): Promise<FakeSession> => {
  let at = START
  const now = (): Date => new Date(at)
  const fake = await startRestFake({ now, random: () => 0.5 })
  const opened: { close(): Promise<void> }[] = []
  const connect = (settings: Settings, timeoutMs = PATIENT_MS): Session => {
    const http = openHttp({
      baseUrl: rest.baseUrl(settings),
      headers: () => rest.headers(settings),
      now,
      allowPrivate: [fake.host],
      timeoutMs,
    })
    opened.push(http)
    return rest.connect(settings, http, now)
  }
  return {
    fake,
    session: connect(fake.settings),
    now,
    tick: (ms) => {
      at += ms
    },
    connect,
    close: async () => {
      await fake.close()
      await Promise.all(opened.map((each) => each.close()))
    },
  }
}

/** The kind of the fault that some work ends with; `none` when it succeeds. */
export const faultKind = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (error) {
    return isFault(error) ? error.kind : `not a fault: ${String(error)}`
  }
}
