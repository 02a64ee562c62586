import { signedRequest } from './desk-event.ts'
import { nowUs } from './issue-tool.ts'
import { openRaw, type RawConnection } from './raw-http.ts'

/** `events` webhooks, round robin over `items`, each with the next number of its item. */
export interface LoadPlan {
  readonly url: string
  readonly events: number
  readonly items: number
  /** Of the first item. */
  readonly base: number
  /** The number of each item's first event; what was sent before counts on. */
  readonly firstSeq: number
  readonly concurrency: number
  /** Events a second by the clock (latency counts from the scheduled time); null: as fast as they are answered. */
  readonly rate: number | null
}

export interface Sent {
  readonly item: number
  readonly seq: number
  /** Microseconds. When it should have left, and when its 2xx came; `ackAt` 0: refused. */
  readonly dueAt: number
  ackAt: number
}

/**
 * Rings. An item's next event leaves only after the one before was acknowledged, so that any disorder is the
 * receiver's own doing. `edit` is called just before the ring, as a tool changes its item before it tells of it.
 */
export const ring = (plan: LoadPlan, edit: (item: number, seq: number) => void): Promise<readonly Sent[]> =>
  new Promise((resolve) => {
    const url = new URL(plan.url)
    const sent: Sent[] = []
    const busy = new Set<number>()
    const late: number[] = []
    const free: RawConnection[] = Array.from({ length: plan.concurrency }, () =>
      openRaw(url.hostname, Number(url.port)),
    )
    const all = [...free]
    const startedAt = nowUs()
    let next = 0
    let answered = 0

    const itemOf = (event: number): number => plan.base + (event % plan.items)
    const dueAt = (event: number): number =>
      plan.rate === null ? nowUs() : startedAt + (event * 1e6) / plan.rate
    const isDue = (): boolean => next < plan.events && (plan.rate === null || dueAt(next) <= nowUs())

    /** The next event whose item has none under way; one that must wait stays first in line. */
    const take = (): number | null => {
      const waited = late.findIndex((event) => !busy.has(itemOf(event)))
      if (waited >= 0) return late.splice(waited, 1)[0] ?? null
      while (isDue()) {
        const event = next
        next += 1
        if (!busy.has(itemOf(event))) return event
        late.push(event)
      }
      return null
    }

    const fire = (connection: RawConnection, event: number): void => {
      const item = itemOf(event)
      const one: Sent = {
        item,
        seq: plan.firstSeq + Math.floor(event / plan.items),
        dueAt: dueAt(event),
        ackAt: 0,
      }
      sent.push(one)
      busy.add(item)
      edit(item, one.seq)
      connection.send(signedRequest(url, item, one.seq), (status) => {
        if (status >= 200 && status < 300) one.ackAt = nowUs()
        busy.delete(item)
        free.push(connection)
        answered += 1
        if (answered < plan.events) return pump()
        clearInterval(tick)
        for (const each of all) each.close()
        resolve(sent)
      })
    }

    const pump = (): void => {
      while (free.length > 0) {
        const event = take()
        const connection = event === null ? undefined : free.pop()
        if (event === null || connection === undefined) return
        fire(connection, event)
      }
    }
    const tick = setInterval(pump, plan.rate === null ? 100 : 1)
    pump()
  })
