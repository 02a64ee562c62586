import { createHmac } from 'node:crypto'
import { type FakeState, newId } from './state.ts'

/** What webhook-rule.js posts: once for each change, after it, never repeated. */
export interface Hook {
  readonly table: string
  readonly id: string
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

export interface HookPost {
  /** All that were made, sent or not. */
  readonly made: readonly Hook[]
  ring(table: string, id: string): Promise<void>
  sign(bytes: Uint8Array): Readonly<Record<string, string>>
}

export const createHookPost = (
  state: FakeState,
  secret: string,
  deliver: (hook: Hook) => Promise<void>,
): HookPost => {
  const made: Hook[] = []
  const sign = (bytes: Uint8Array): Readonly<Record<string, string>> => ({
    'content-type': 'application/json',
    'x-causeway-signature': `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`,
  })
  return {
    made,
    sign,
    ring: async (table, id) => {
      const text = JSON.stringify({
        event: 'record.changed',
        instance: 'example',
        table,
        sys_id: id,
        delivery: newId(state),
        sent_at: state.now().getTime(),
      })
      const bytes = Buffer.from(text)
      const hook = { table, id, bytes, headers: sign(bytes) }
      made.push(hook)
      // As there: a receiver that is down costs the event and nothing else.
      await deliver(hook).catch(() => undefined)
    },
  }
}
