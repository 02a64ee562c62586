import { createHmac } from 'node:crypto'
import type { FaultScript } from './faults.ts'
import type { DemoItem, LedgerOp } from './model.ts'

/** The tool's webhooks: signed doorbells that name an item, without an actor and without values. */

export interface HookDelivery {
  readonly bytes: Uint8Array
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
}

/** A receiver that throws or rejects has missed its delivery: nothing is sent twice. */
export type HookReceiver = (delivery: HookDelivery) => unknown

export interface HookQueue {
  ring(item: DemoItem, op: LedgerOp): void
  subscribe(receiver: HookReceiver): () => void
  /** Sends what is due, one after the other; resolves to how many. `all`: also what is late. */
  deliver(all?: boolean): Promise<number>
  readonly waiting: number
}

export interface HookSetup {
  readonly secret: string
  readonly now: () => Date
  readonly newId: (prefix: string) => string
  readonly random: () => number
  readonly faults: FaultScript
  readonly isOn: () => boolean
}

/** `sha256=<hex>` over `<unix seconds>.<body>`. */
export const signHook = (secret: string, stamp: string, bytes: Uint8Array): string =>
  `sha256=${createHmac('sha256', secret).update(`${stamp}.`).update(bytes).digest('hex')}`

export const createHookQueue = (setup: HookSetup): HookQueue => {
  const receivers = new Set<HookReceiver>()
  let waiting: { dueMs: number; delivery: HookDelivery }[] = []

  const made = (item: DemoItem, op: LedgerOp): HookDelivery => {
    const stamp = String(Math.floor(setup.now().getTime() / 1000))
    const body = { event: op, item: { id: item.id, key: item.key, kind: item.kind } }
    const bytes = Buffer.from(JSON.stringify(body))
    const headers = {
      'content-type': 'application/json',
      'x-demo-delivery': setup.newId('d-'),
      'x-demo-timestamp': stamp,
      'x-demo-signature': signHook(setup.secret, stamp, bytes),
    }
    return { bytes, headers }
  }

  return {
    ring: (item, op) => {
      if (!setup.isOn() || receivers.size === 0) return
      const { faults } = setup
      if (faults.strikes('hookDropped', op)) return
      const delivery = made(item, op)
      const late = faults.strikes('hookLate', op) ? faults.settings.hookLateMs : 0
      const entry = { dueMs: setup.now().getTime() + late, delivery }
      const place = faults.strikes('hookShuffled', op)
        ? Math.floor(setup.random() * (waiting.length + 1))
        : waiting.length
      waiting.splice(place, 0, entry)
      if (faults.strikes('hookDoubled', op))
        for (let copy = 1; copy < faults.settings.hookCopies; copy += 1) waiting.push(entry)
    },
    subscribe: (receiver) => {
      receivers.add(receiver)
      return () => receivers.delete(receiver)
    },
    deliver: async (all = false) => {
      const nowMs = setup.now().getTime()
      const due = waiting.filter((entry) => all || entry.dueMs <= nowMs)
      waiting = waiting.filter((entry) => !due.includes(entry))
      for (const { delivery } of due) {
        for (const receiver of receivers) {
          try {
            await receiver(delivery)
          } catch {
            // missed: like most tools, this one does not send again
          }
        }
      }
      return due.length
    },
    get waiting() {
      return waiting.length
    },
  }
}
