import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HubWorld, openHubWorld } from '../../test/support/hub-world.ts'
import { SYSTEM } from '../domain/actor.ts'
import { uuidv7 } from '../lib/ids.ts'
import { LANES } from '../store/dirty.ts'
import { loadFacts } from '../store/hub-facts.ts'
import { up as deriveLevels } from '../store/migrations/0005-derived-levels.ts'
import { listTickets } from '../store/views/ticket-list.ts'
import { ticketView } from '../store/views/ticket-view.ts'
import { project } from '../sync/projection.ts'
import { applyTicketFields } from './apply-ticket-fields.ts'
import { changeTicket } from './change-ticket.ts'
import { runRules } from './run-rules.ts'

let world: HubWorld
beforeAll(async () => {
  world = await openHubWorld()
})
afterAll(() => world.close())

const seen = async (key: string) => {
  const view = await ticketView(world.database.db, key, 'support')
  if (view === null) throw new Error(`no ticket ${key}`)
  return view
}

/** What a mirror is told of the priority. */
const toldToTools = async (key: string): Promise<unknown> => {
  const { id } = (await seen(key)).ticket
  const facts = (await loadFacts(world.database.db, [{ kind: 'ticket', id }], '')).get(id)
  return facts && project(facts, { comments: [], attachments: [] }, () => '').fields['priority']
}

describe('the priority of a ticket', () => {
  it('follows the severity until a person sets a level, and then stays theirs', async () => {
    const key = await world.ticket({ severity: 'critical' })
    expect(await seen(key)).toMatchObject({ priority: 'P1', levels: { derived: true } })
    await world.do(world.agent, changeTicket, { ticket: key, set: { severity: 'medium' } })
    expect(await seen(key)).toMatchObject({ priority: 'P3' })
    await world.do(world.agent, changeTicket, { ticket: key, set: { urgency: 1 } })
    const own = { priority: 'P2', levels: { impact: 2, urgency: 1, derived: false } }
    expect(await seen(key)).toMatchObject(own)
    await world.do(world.agent, changeTicket, { ticket: key, set: { severity: 'low' } })
    expect(await seen(key)).toMatchObject(own)
    const listed = await listTickets(world.database.db, { text: key }, { after: null, limit: 10 })
    expect(listed.ok && listed.value.items).toMatchObject([{ priority: 'P2', priorityDerived: false }])
  })

  it('is told to tools only when somebody set it, because nobody chose a derived one', async () => {
    const key = await world.ticket({ severity: 'critical' })
    expect(await toldToTools(key)).toBeNull()
    await world.do(world.agent, changeTicket, { ticket: key, set: { impact: 1 } })
    expect(await toldToTools(key)).toBe('P1')
  })

  it('is seen by rules also where it is derived, because who writes a rule for P1 means every P1', async () => {
    const { db } = world.database
    const key = await world.ticket({ severity: 'critical' })
    const { id } = (await seen(key)).ticket
    const facts = (await loadFacts(db, [{ kind: 'ticket', id }], '')).get(id)
    if (facts === undefined) throw new Error('no facts')
    await db
      .insertInto('rule')
      .values({
        id: uuidv7(),
        key: 'urgent',
        position: 1,
        record_kind: 'ticket',
        expression: 'ticket.priority == "P1"',
        action: JSON.stringify([{ do: 'escalate' }]),
      })
      .execute()
    const context = { actor: SYSTEM, now: world.later(1), newId: uuidv7, cause: 'test', lane: LANES.change }
    const view = project(facts, { comments: [], attachments: [] }, () => '')
    await db.transaction().execute((tx) => runRules(tx, context, view))
    expect((await seen(key)).workItem).not.toBeNull()
  })

  it('follows the severity again when both levels are taken away, and only together', async () => {
    const key = await world.ticket({ severity: 'critical' })
    await world.do(world.agent, changeTicket, { ticket: key, set: { impact: 3, urgency: 3 } })
    expect(await seen(key)).toMatchObject({ priority: 'P4', levels: { derived: false } })
    const half = await world.tell(world.agent, changeTicket, { ticket: key, set: { impact: null } })
    expect(half).toMatchObject({ ok: false, error: { code: 'invalid', field: '/set/urgency' } })
    await world.do(world.agent, changeTicket, { ticket: key, set: { impact: null, urgency: null } })
    expect(await seen(key)).toMatchObject({ priority: 'P1', levels: { derived: true } })
  })

  it('that comes in from a tool is kept as it is, also where the severity would have said the same', async () => {
    const key = await world.ticket({ severity: 'low' })
    const { ticket } = await seen(key)
    await world.do(SYSTEM, applyTicketFields, {
      id: ticket.id,
      version: ticket.version,
      state: null,
      set: { priority: 'P4' },
    })
    await world.do(world.agent, changeTicket, { ticket: key, set: { severity: 'critical' } })
    expect(await seen(key)).toMatchObject({ priority: 'P4', levels: { derived: false } })
  })

  it('of tickets from before is derived where nobody had set it, and left alone where somebody had', async () => {
    const { db } = world.database
    const [untouched, set] = [
      await world.ticket({ severity: 'critical' }),
      await world.ticket({ severity: 'critical' }),
    ]
    await world.do(world.agent, changeTicket, { ticket: set, set: { impact: 3, urgency: 2 } })
    await db.updateTable('ticket').set({ impact: 3, urgency: 2 }).where('key', '=', untouched).execute()
    await sql`alter table ticket drop constraint ticket_levels`.execute(db)
    await deriveLevels(db)
    expect([(await seen(untouched)).priority, (await seen(set)).priority]).toEqual(['P1', 'P4'])
  })
})
