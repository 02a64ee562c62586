import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HubWorld, openHubWorld } from '../../test/support/hub-world.ts'
import type { Actor } from '../domain/actor.ts'
import { findRelease, findReleaseNamed } from '../store/releases.ts'
import { findTicket, type Ticket } from '../store/tickets.ts'
import { ticketView } from '../store/views/ticket-view.ts'
import { findWorkItem } from '../store/work-items.ts'
import { plainText } from '../sync/rich-text/plain.ts'
import { applyReleaseFields } from './apply-release-fields.ts'
import { applyTicketFields } from './apply-ticket-fields.ts'
import { applyWorkItemFields } from './apply-work-item-fields.ts'
import { createRelease } from './create-release.ts'
import { escalateTicket } from './escalate-ticket.ts'

const TOOL: Actor = { kind: 'connection', id: '00000000-0000-7000-8000-000000000001', name: 'Desk' }

let world: HubWorld
beforeAll(async () => {
  world = await openHubWorld()
})
afterAll(() => world.close())

const ticketOf = (ref: string): Promise<Ticket> =>
  world.database.db.transaction().execute(async (tx) => {
    const ticket = await findTicket(tx, ref)
    if (ticket === null) throw new Error(`no ${ref}`)
    return ticket
  })

const eventKindsOf = async (id: string): Promise<readonly string[]> =>
  (
    await sql<{ kind: string }>`select kind from event where record_id = ${id}::uuid order by seq`.execute(
      world.database.db,
    )
  ).rows.map((row) => row.kind)

describe('applyTicketFields', () => {
  it('takes every field it can and says of each other why not, because one bad value must not stop the rest', async () => {
    const ticket = await ticketOf(await world.ticket({ customer: null }))
    const result = await world.do(TOOL, applyTicketFields, {
      id: ticket.id,
      version: ticket.version,
      state: 'waiting customer',
      names: { 'nina@globex.example': 'Nina' },
      set: {
        title: '  A new\ttitle ',
        description: plainText('New words'),
        severity: 'catastrophic',
        priority: 'P1',
        product: 'no such',
        component: 'Ledger',
        version: '4.2',
        environment: 'UAT',
        owner: 'ERIK@example.org',
        requester: 'nina@globex.example',
        customer: 'GLOBEX',
        workaround: 'Use the phone',
        'custom.region': 'EMEA',
        'custom.flags': ['a', 'b'],
        'engineering.status': 'Released',
      },
    })
    expect(result.applied.toSorted()).toEqual([
      'component',
      'custom.flags',
      'custom.region',
      'customer',
      'description',
      'environment',
      'owner',
      'priority',
      'requester',
      'state',
      'title',
      'version',
      'workaround',
    ])
    expect(result.refused.map((one) => one.field).toSorted()).toEqual([
      'engineering.status',
      'product',
      'severity',
    ])
    const after = await ticketView(world.database.db, ticket.key, 'support')
    expect(after).toMatchObject({
      priority: 'P1',
      customer: { key: 'globex' },
      contact: { name: 'Nina', email: 'nina@globex.example' },
      owner: { name: 'erik' },
      component: { key: 'ledger' },
      product: { key: 'shop' },
      ticket: {
        title: 'A new title',
        state: 'waiting',
        waiting_for: 'customer',
        release_version: '4.2',
        custom: { region: 'EMEA', flags: 'a, b' },
        version: result.version,
      },
    })
    expect(await eventKindsOf(ticket.id)).toEqual([
      'ticket.created',
      'ticket.taken',
      'ticket.changed',
      'ticket.snoozed',
    ])
  })

  it('writes nothing at all when nothing is new, so that an echo makes no version, event or mark', async () => {
    const ticket = await ticketOf(await world.ticket())
    const result = await world.do(TOOL, applyTicketFields, {
      id: ticket.id,
      version: ticket.version,
      state: 'open',
      set: {
        title: ticket.title,
        description: ticket.description,
        owner: 'ada@example.org',
        customer: 'acme',
      },
    })
    expect(result).toMatchObject({ version: ticket.version, refused: [] })
    expect((await ticketOf(ticket.id)).updated_at).toEqual(ticket.updated_at)
    expect(await eventKindsOf(ticket.id)).toEqual(['ticket.created'])
  })

  it('refuses the whole when somebody changed the ticket since the merge saw it', async () => {
    const ticket = await ticketOf(await world.ticket())
    expect(
      await world.tell(TOOL, applyTicketFields, {
        id: ticket.id,
        version: ticket.version + 1,
        state: null,
        set: { title: 'x' },
      }),
    ).toMatchObject({ ok: false, error: { code: 'changed-meanwhile' } })
  })

  it('takes every state as a fact, and knows a requester whatever the case of the address', async () => {
    const ticket = await ticketOf(await world.ticket())
    for (const [state, shown] of [
      ['closed', { state: 'closed' }],
      ['open', { state: 'open', needs: 'needs next response', reopened_count: 1 }],
      ['waiting release', { state: 'waiting', waiting_for: 'release' }],
      ['resolved', { state: 'resolved' }],
    ] as const) {
      await world.do(TOOL, applyTicketFields, {
        id: ticket.id,
        version: null,
        state,
        set: { requester: 'ALICE@acme.example' },
      })
      expect(await ticketOf(ticket.id)).toMatchObject({ ...shown, contact_id: world.alice.id })
    }
    const result = await world.do(TOOL, applyTicketFields, {
      id: ticket.id,
      version: null,
      state: 'sleeping',
      set: {},
    })
    expect(result.refused).toMatchObject([{ field: 'state' }])
  })
})

describe('applyWorkItemFields', () => {
  const escalated = async () => {
    const ticket = await world.ticket()
    const { workItem } = await world.do(world.agent, escalateTicket, { ticket })
    return { ticket, item: workItem }
  }

  it('makes a release of a name never heard before, and lets the ticket follow the work', async () => {
    const { ticket, item } = await escalated()
    await world.do(TOOL, applyWorkItemFields, {
      id: item.id,
      version: null,
      state: 'in review',
      set: {
        release: '6.0',
        assignee: 'erik@example.org',
        priority: 'Urgent',
        'root cause': 'A race',
        severity: 'low',
      },
    })
    expect(await ticketView(world.database.db, ticket, 'support')).toMatchObject({
      engineeringStatus: 'In progress',
      escalation: { state: 'accepted' },
      workItem: { assignee: { name: 'erik' }, rootCause: 'A race' },
      release: { name: '6.0', state: 'planned' },
    })
    await world.do(TOOL, applyWorkItemFields, { id: item.id, version: null, state: 'done', set: {} })
    const release = await world.database.db.transaction().execute(async (tx) => {
      const found = await findWorkItem(tx, item.id)
      return findRelease(tx, found?.release_id ?? '')
    })
    await world.do(TOOL, applyReleaseFields, {
      id: release?.id ?? '',
      version: release?.version ?? 0,
      state: 'released',
      set: { planned: '2026-04-01' },
    })
    expect(await ticketView(world.database.db, ticket, 'support')).toMatchObject({
      engineeringStatus: 'Released',
      escalation: { state: 'released' },
      ticket: { needs: 'close the loop' },
      release: { estimate: { to: '2026-04-01' }, history: [{}] },
    })
  })

  it('declines with the reason that came in the same look', async () => {
    const { ticket, item } = await escalated()
    await world.do(TOOL, applyWorkItemFields, {
      id: item.id,
      version: null,
      state: 'declined',
      set: { 'decline reason': 'Works as intended' },
    })
    expect(await ticketView(world.database.db, ticket, 'support')).toMatchObject({
      engineeringStatus: 'Declined',
      escalation: { state: 'declined', reason: 'Works as intended' },
    })
  })
})

describe('applyReleaseFields', () => {
  it('keeps the confidence while the days stay, and holds back a name that another release has', async () => {
    await world.do(world.engineer, createRelease, { product: 'shop', name: '7.0' })
    const { id } = await world.do(world.engineer, createRelease, { product: 'shop', name: '7.1' })
    const result = await world.do(TOOL, applyReleaseFields, {
      id,
      version: 1,
      state: null,
      set: { name: '7.0', planned: '2026-05-01T00:00:00Z', state: 'testing' },
    })
    expect(result.applied.toSorted()).toEqual(['planned', 'state'])
    expect(result.refused).toMatchObject([{ field: 'name' }])
    const again = await world.do(TOOL, applyReleaseFields, {
      id,
      version: result.version,
      state: null,
      set: { planned: 'soon' },
    })
    expect(again).toMatchObject({ version: result.version, refused: [{ field: 'planned' }] })
    const release = await world.database.db.transaction().execute(async (tx) => {
      const product = await tx
        .selectFrom('product')
        .select('id')
        .where('key', '=', 'shop')
        .executeTakeFirstOrThrow()
      return findReleaseNamed(tx, product.id, '7.1')
    })
    expect(release).toMatchObject({ planned_to: '2026-05-01', state: 'testing' })
  })
})
