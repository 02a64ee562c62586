import type { HeardSignal } from '../../commands/work-signal.ts'
import type { Database } from '../../store/database.ts'
import { type EventPlace, endOfEvents, eventsAfter, type StoredEvent } from '../../store/events.ts'

/**
 * One look at the log for all who listen in this process: after a commit of ours, and every second for the commits of
 * other processes; not at all while nobody listens. The latest events stay in memory, so that a hundred open screens
 * cost one query for each change; a reader who is further behind reads the store.
 */
export interface EventFeed {
  /** Events after a place; an empty list when there are none yet. */
  after(place: EventPlace): Promise<readonly StoredEvent[]>
  end(): Promise<EventPlace>
  /** Resolves when there is something after this place, or when `signal` aborts. */
  changed(place: EventPlace, signal: AbortSignal): Promise<void>
  stop(): void
}

const LOOK_EVERY_MS = 1_000
const KEPT = 1_000
const BATCH = 200

const isAfter = (a: EventPlace, b: EventPlace): boolean => {
  const [left, right] = [BigInt(a.tx), BigInt(b.tx)]
  return left > right || (left === right && a.seq > b.seq)
}

export const openEventFeed = (
  db: Database,
  signal: HeardSignal,
  /** A look failed, after one that did not: told once, not with every look while the database is away. */
  onFault: (error: unknown) => void,
): EventFeed => {
  /** Events after `from`, without a gap, as far as was looked. */
  let kept: { readonly from: EventPlace; readonly events: readonly StoredEvent[] } | null = null
  const waiting = new Set<() => void>()
  let looking = false
  let again = false
  let failing = false

  const wake = (): void => {
    for (const woken of [...waiting]) woken()
  }
  const keep = (from: EventPlace, events: readonly StoredEvent[]): void => {
    const dropped = events[events.length - KEPT - 1]
    kept = dropped === undefined ? { from, events } : { from: dropped, events: events.slice(-KEPT) }
  }
  const lookOnce = async (): Promise<void> => {
    const isFirst = kept === null
    const { from, events } = kept ?? { from: await inTransaction(db, endOfEvents), events: [] }
    const place = events.at(-1) ?? from
    const more = await inTransaction(db, (tx) => eventsAfter(tx, place, BATCH))
    keep(from, [...events, ...more])
    // between a reader's own look and the first one here something may have come: each looks again
    if (isFirst || more.length > 0) wake()
    if (more.length === BATCH) again = true
  }
  const look = async (): Promise<void> => {
    again = true
    if (looking || waiting.size === 0) return
    looking = true
    while (again) {
      again = false
      // the database being away is not the readers' end: the next look finds what came meanwhile
      await lookOnce().then(
        () => {
          failing = false
        },
        (error: unknown) => {
          if (!failing) onFault(error)
          failing = true
        },
      )
    }
    looking = false
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  timer.unref()
  const deaf = signal.listen(() => void look())

  return {
    after: async (place) => {
      if (kept === null || isAfter(kept.from, place))
        return inTransaction(db, (tx) => eventsAfter(tx, place, BATCH))
      return kept.events.filter((event) => isAfter(event, place)).slice(0, BATCH)
    },
    end: () => inTransaction(db, endOfEvents),
    changed: (place, aborted) =>
      new Promise((resolve) => {
        const seen = kept === null ? null : (kept.events.at(-1) ?? kept.from)
        if (aborted.aborted || (seen !== null && isAfter(seen, place))) return resolve()
        const woken = (): void => {
          aborted.removeEventListener('abort', woken)
          waiting.delete(woken)
          resolve()
        }
        waiting.add(woken)
        aborted.addEventListener('abort', woken, { once: true })
        void look()
      }),
    stop: () => {
      clearInterval(timer)
      deaf()
      wake()
    },
  }
}

const inTransaction = <T>(
  db: Database,
  read: (tx: Parameters<typeof endOfEvents>[0]) => Promise<T>,
): Promise<T> => db.transaction().setAccessMode('read only').execute(read)
