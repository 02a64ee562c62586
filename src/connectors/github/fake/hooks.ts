import { createHmac, randomUUID } from 'node:crypto'
import { type FakeDelivery, type FakeHook, type FakeRepository, type FakeState, nextId } from './state.ts'

/** Posts webhooks as GitHub does: signed, with an id of the delivery, once. Who was away hears of it no more. */

export interface SignedHook {
  readonly body: string | Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

export const signedHook = (
  secret: string,
  event: string,
  guid: string,
  body: string | Uint8Array,
): SignedHook => ({
  body,
  headers: {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/fake',
    'x-github-event': event,
    'x-github-delivery': guid,
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  },
})

const send = async (hook: FakeHook, delivery: FakeDelivery): Promise<void> => {
  const { headers } = signedHook(hook.config.secret, delivery.event, delivery.guid, delivery.body)
  try {
    const answer = await fetch(hook.config.url, {
      method: 'POST',
      headers: { ...headers },
      body: delivery.body,
    })
    await answer.arrayBuffer()
    delivery.status = answer.status
  } catch {
    // Nobody there: it stays 0, and is not tried again.
  }
}

export interface FakeHooks {
  readonly ring: (at: FakeRepository, event: string, action: string, body: object) => void
  readonly again: (at: FakeRepository, hook: FakeHook, deliveryId: number) => boolean
  /** Resolves when all that was sent has been answered. */
  readonly settled: () => Promise<void>
}

export const fakeHooks = (state: FakeState, nowMs: () => number): FakeHooks => {
  const underWay = new Set<Promise<void>>()
  const post = (hook: FakeHook, delivery: FakeDelivery): void => {
    hook.deliveries.unshift(delivery)
    const sent = send(hook, delivery).finally(() => underWay.delete(sent))
    underWay.add(sent)
  }
  return {
    ring: (at, event, action, more) => {
      const body = JSON.stringify({ action, ...more, repository: { id: at.id, name: at.name } })
      for (const hook of at.hooks) {
        if (!hook.active || !hook.events.includes(event)) continue
        const id = nextId(state)
        post(hook, { id, guid: randomUUID(), event, action, body, atMs: nowMs(), isAgain: false, status: 0 })
      }
    },
    again: (_at, hook, deliveryId) => {
      const old = hook.deliveries.find((each) => each.id === deliveryId)
      if (old === undefined) return false
      post(hook, { ...old, id: nextId(state), atMs: nowMs(), isAgain: true, status: 0 })
      return true
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
