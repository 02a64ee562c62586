import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HubWorld, openHubWorld } from '../../test/support/hub-world.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { RuleAction } from '../domain/rule.ts'
import { uuidv7 } from '../lib/ids.ts'
import { LANES } from '../store/dirty.ts'
import { ticketView } from '../store/views/ticket-view.ts'
import type { Hold } from '../sync/plan.ts'
import { runRules } from './run-rules.ts'

let world: HubWorld
beforeAll(async () => {
  world = await openHubWorld()
})
afterAll(() => world.close())

const withRule = async (then: readonly RuleAction[], key: string): Promise<readonly Hold[]> => {
  const { db } = world.database
  await db.deleteFrom('rule').execute()
  await db
    .insertInto('rule')
    .values({
      id: uuidv7(),
      key: 'sent',
      position: 1,
      record_kind: 'ticket',
      expression: 'ticket.custom["sent to engineering"] == "yes"',
      action: JSON.stringify(then),
    })
    .execute()
  const { id } = await db.selectFrom('ticket').select('id').where('key', '=', key).executeTakeFirstOrThrow()
  const view = {
    kind: 'ticket' as const,
    id,
    key,
    state: 'open',
    fields: { 'custom.sent to engineering': 'yes' },
  }
  const context = { actor: SYSTEM, now: world.later(1), newId: uuidv7, cause: 'test', lane: LANES.change }
  return db.transaction().execute((tx) => runRules(tx, context, view))
}

describe('a rule', () => {
  it('takes every step it names, in their order', async () => {
    const key = await world.ticket()
    const steps = [{ do: 'set fields', fields: { workaround: 'none' } }, { do: 'escalate' }] as const
    expect(await withRule(steps, key)).toEqual([])
    const seen = await ticketView(world.database.db, key, 'support')
    expect(seen?.workItem).not.toBeNull()
    expect(seen?.ticket.workaround).toBe('none')
  })

  it('is silent about an escalation that was made before, for rules run after each change', async () => {
    const key = await world.ticket()
    await withRule([{ do: 'escalate' }], key)
    expect(await withRule([{ do: 'escalate' }], key)).toEqual([])
  })

  it('holds with the words of the refusal, and leaves out what was to follow', async () => {
    const key = await world.ticket()
    const steps = [{ do: 'set fields', fields: { title: '' } }, { do: 'escalate' }] as const
    const [hold, ...more] = await withRule(steps, key)
    expect(more).toEqual([])
    expect(hold).toMatchObject({ field: 'rule:sent', code: 'rule-refused' })
    expect(hold?.reason).toMatch(/was refused: .*title/i)
    expect((await ticketView(world.database.db, key, 'support'))?.workItem).toBeNull()
  })
})
