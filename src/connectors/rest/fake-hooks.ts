import { createHmac } from 'node:crypto'
import { Pool } from 'undici'

/** Posts the simulated tool's webhooks, signed, and loses, doubles, delays or swaps them when told to. */

export interface HookFaults {
  /** Shares of the webhooks, 0–1. */
  readonly dropRate: number
  readonly doubleRate: number
  readonly lateMs: number
  /** Each second one is sent before the one that came first. */
  readonly reorder: boolean
}

export interface HookTarget {
  /** Absolute address that is posted to. */
  readonly url: string
  readonly secret: string
}

export interface FakeHooks {
  readonly ring: (event: string, id: string) => void
  readonly set: (faults: Partial<HookFaults>) => void
  /** Resolves when all that was to be sent has been answered. */
  readonly settled: () => Promise<void>
  readonly counts: { sent: number; refused: number; dropped: number }
  readonly close: () => Promise<void>
}

const NO_FAULTS: HookFaults = { dropRate: 0, doubleRate: 0, lateMs: 0, reorder: false }

export interface SignedHook {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** A delivery as it is posted; for tests that hand it over without a network. */
export const signedHook = (
  secret: string,
  event: string,
  id: string,
  deliveryId: string,
  at: Date,
): SignedHook => {
  const body = JSON.stringify({ event, issue: { id } })
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-fake-timestamp': timestamp,
      'x-fake-delivery': deliveryId,
      'x-fake-signature': `sha256=${signature}`,
    },
  }
}

export const fakeHooks = (target: HookTarget, now: () => Date, random: () => number): FakeHooks => {
  const url = new URL(target.url)
  const pool = new Pool(url.origin, { connections: 32 })
  const counts = { sent: 0, refused: 0, dropped: 0 }
  const underWay = new Set<Promise<void>>()
  let faults = NO_FAULTS
  let number = 0
  let held: SignedHook | null = null

  const deliver = async (hook: SignedHook): Promise<void> => {
    if (faults.lateMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.lateMs))
    counts.sent += 1
    try {
      const answer = await pool.request({
        method: 'POST',
        path: url.pathname + url.search,
        headers: { ...hook.headers },
        body: hook.body,
      })
      await answer.body.dump()
      if (answer.statusCode >= 300) counts.refused += 1
    } catch {
      counts.refused += 1
    }
  }

  const post = (hook: SignedHook): void => {
    const sent = deliver(hook).finally(() => underWay.delete(sent))
    underWay.add(sent)
  }

  const release = (): void => {
    if (held !== null) post(held)
    held = null
  }

  const ring = (event: string, id: string): void => {
    if (random() < faults.dropRate) {
      counts.dropped += 1
      return
    }
    number += 1
    const hook = signedHook(target.secret, event, id, `d-${number}`, now())
    if (faults.reorder && held === null) {
      held = hook
      return
    }
    post(hook)
    if (random() < faults.doubleRate) post(hook)
    release()
  }

  return {
    ring,
    counts,
    set: (changed) => {
      faults = { ...faults, ...changed }
    },
    settled: async () => {
      release()
      while (underWay.size > 0) await Promise.all(underWay)
    },
    close: async () => {
      await pool.destroy()
    },
  }
}
