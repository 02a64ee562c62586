import { createHmac } from 'node:crypto'
import type { FakeState, FakeTicket } from './state.ts'

/** The webhook of webhook-scrip.pl: one for each request or act of a person, posted before RT answers, never repeated. */
export interface Hook {
  readonly ticketId: number
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** `hold`: kept until `flush`, which sends them in reverse order. */
export type HookMode = 'send' | 'drop' | 'double' | 'hold'

export interface HookPost {
  /** All that were made, sent or not. */
  readonly made: readonly Hook[]
  mode: HookMode
  ring(ticket: FakeTicket, sinceTransaction: number): Promise<void>
  flush(): Promise<void>
  sign(body: Uint8Array, delivery: string): Readonly<Record<string, string>>
}

const iso = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`

export const createHookPost = (
  state: FakeState,
  secret: string,
  deliver: (hook: Hook) => Promise<void>,
): HookPost => {
  const made: Hook[] = []
  let held: Hook[] = []
  const sign = (body: Uint8Array, delivery: string): Readonly<Record<string, string>> => ({
    'content-type': 'application/json',
    'x-rt-delivery': delivery,
    'x-rt-timestamp': String(state.now()),
    'x-rt-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  })
  // As in RT: a receiver that is down costs the event, not the request.
  const send = (hook: Hook): Promise<void> => deliver(hook).catch(() => undefined)

  const post: HookPost = {
    made,
    mode: 'send',
    sign,
    ring: async (ticket, sinceTransaction) => {
      // RT's own mails are not in the batch.
      const seen = state.transactions.findLastIndex((each) => each.id <= sinceTransaction)
      const batch = state.transactions.slice(seen + 1).filter((each) => each.type !== 'EmailRecord')
      const transactions = batch.map((each) => ({
        id: each.id,
        type: each.type,
        creator: each.creator,
        created: iso(each.created),
      }))
      const body = {
        event: 'ticket.transactions',
        ticket: ticket.id,
        queue: ticket.queue,
        lastUpdated: iso(ticket.lastUpdated),
        transactions,
      }
      const bytes = Buffer.from(JSON.stringify(body))
      const hook = {
        ticketId: ticket.id,
        bytes,
        headers: sign(bytes, `${ticket.id}-${batch.map((each) => each.id).join('.')}`),
      }
      made.push(hook)
      if (post.mode === 'hold') held.push(hook)
      if (post.mode === 'send' || post.mode === 'double') await send(hook)
      if (post.mode === 'double') await send(hook)
    },
    flush: async () => {
      const waiting = held.reverse()
      held = []
      for (const hook of waiting) await send(hook)
    },
  }
  return post
}
