import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HubWorld, openHubWorld } from '../../../test/support/hub-world.ts'
import { createInstallation } from '../../commands/create-installation.ts'
import { createRelease } from '../../commands/create-release.ts'
import { createTicket } from '../../commands/create-ticket.ts'
import { escalateTicket } from '../../commands/escalate-ticket.ts'
import { snoozeTicket } from '../../commands/snooze-ticket.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Result } from '../../lib/result.ts'
import { plainText } from '../../sync/rich-text/plain.ts'
import type { Page, PageRequest } from '../cursor.ts'
import { listEscalations } from './escalation-list.ts'
import * as organisation from './organisation-lists.ts'
import { listTickets, type TicketFilter } from './ticket-list.ts'
import { listWorkItems } from './work-item-list.ts'
import { workItemView } from './work-item-view.ts'

const FIRST: PageRequest = { after: null, limit: 200 }

let world: HubWorld
let tickets: string[]
beforeAll(async () => {
  world = await openHubWorld()
  tickets = []
  for (const [index, customer] of ['acme', 'globex', 'acme', 'globex', 'acme', 'acme', 'acme'].entries()) {
    // two share each moment, so that a page ends between equals
    if (index % 2 === 0) world.later(1)
    tickets.push(
      await world.ticket({
        customer,
        title: `Ticket 100%_${index}`,
        severity: index === 1 ? 'critical' : 'low',
      }),
    )
  }
  await world.do(world.agent, escalateTicket, { ticket: tickets[1] ?? '' })
})
afterAll(() => world.close())

const allOf = async <T>(
  list: (page: PageRequest) => Promise<Result<Page<T>, Refusal>>,
  limit: number,
): Promise<T[]> => {
  const items: T[] = []
  let after: string | null = null
  do {
    const page: Result<Page<T>, Refusal> = await list({ after, limit })
    if (!page.ok) throw new Error(page.error.detail)
    expect(page.value.items.length).toBeLessThanOrEqual(limit)
    items.push(...page.value.items)
    after = page.value.next
  } while (after !== null)
  return items
}

const keys = async (filter: TicketFilter): Promise<readonly string[]> =>
  (await allOf((page) => listTickets(world.database.db, filter, page), 200)).map((ticket) => ticket.key)

describe('lists', () => {
  it('give each row once, whatever the size of the page, also between rows of one moment', async () => {
    const { db } = world.database
    const whole = await allOf((page) => listTickets(db, {}, page), 200)
    expect(whole).toHaveLength(7)
    for (const limit of [1, 2, 3, 7]) {
      expect(await allOf((page) => listTickets(db, {}, page), limit)).toEqual(whole)
    }
    const people = await allOf((page) => organisation.listPeople(db, {}, page), 1)
    expect(people.map((person) => [person.name, person.teams.map((team) => team.key)])).toEqual([
      ['ada', []],
      ['erik', ['web']],
    ])
  })

  it('filter tickets by who, what and where they stand', async () => {
    const [first = '', escalated = '', third = ''] = tickets
    await world.do(world.agent, snoozeTicket, { ticket: first, waitingFor: 'supplier' })
    const customers = await allOf(
      (page) => organisation.listCustomers(world.database.db, { text: 'glob' }, page),
      10,
    )
    expect(customers).toMatchObject([{ key: 'globex', openTickets: 2 }])
    expect(await keys({ customerId: customers[0]?.id ?? '' })).toHaveLength(2)
    expect(await keys({ waitingFor: 'supplier' })).toEqual([first])
    expect(await keys({ states: ['waiting', 'closed'] })).toEqual([first])
    expect(await keys({ escalated: true })).toEqual([escalated])
    expect(await keys({ escalated: false })).toHaveLength(6)
    expect(await keys({ severity: 'critical' })).toEqual([escalated])
    expect(await keys({ ownerId: null })).toEqual([])
    expect(await keys({ text: third.toLowerCase() })).toEqual([third])
    // what people type is text, not a pattern
    expect(await keys({ text: '100%_' })).toHaveLength(7)
    expect(await keys({ text: '1%0' })).toEqual([])
  })

  it('show work items with the severity and the number of those who wait', async () => {
    const items = await allOf(
      (page) => listWorkItems(world.database.db, { states: ['triage'], text: 'ticket' }, page),
      10,
    )
    expect(items).toMatchObject([
      {
        severity: 'critical',
        tickets: 1,
        customers: 1,
        withoutCustomer: 0,
        team: 'Web',
        engineeringStatus: 'In triage',
      },
    ])
  })

  it('show escalations by whose move it is', async () => {
    const { db } = world.database
    const waiting = await allOf((page) => listEscalations(db, 'support', { move: 'engineering' }, page), 10)
    expect(waiting).toMatchObject([
      { state: 'sent', ticket: { key: tickets[1], customer: 'globex' }, workItem: { team: 'Web' } },
    ])
    expect(await allOf((page) => listEscalations(db, 'support', { move: 'support' }, page), 10)).toEqual([])
  })

  it('show what is made, where it runs and who owns it', async () => {
    const { db } = world.database
    const release = await world.do(world.engineer, createRelease, { product: 'shop', name: '1.0' })
    const installation = await world.do(world.agent, createInstallation, {
      customer: 'acme',
      product: 'shop',
      environment: 'production',
      release: '1.0',
    })
    const [products] = await allOf((page) => organisation.listProducts(db, {}, page), 10)
    expect(products?.components.map((component) => [component.key, component.team.key])).toEqual([
      ['cart', 'web'],
      ['ledger', 'core'],
    ])
    expect(await allOf((page) => organisation.listInstallations(db, {}, page), 10)).toMatchObject([
      { customer: { key: 'acme' }, release: { name: '1.0' } },
    ])
    expect(await allOf((page) => organisation.listReleases(db, { id: release.id }, page), 10)).toMatchObject([
      { name: '1.0', state: 'planned', workItems: 0, tickets: 0, history: [] },
    ])
    expect(await allOf((page) => organisation.listTeams(db, {}, page), 1)).toHaveLength(2)
    expect(await allOf((page) => organisation.listContacts(db, {}, page), 1)).toHaveLength(2)
    // a ticket of an installation knows the version and environment without being told
    const ticket = await world.do(world.agent, createTicket, {
      title: 'From production',
      description: plainText('x'),
      installation: installation.id,
      environment: 'staging copy',
    })
    const [row] = await db.selectFrom('ticket').selectAll().where('key', '=', ticket.key).execute()
    expect(row).toMatchObject({ release_version: '1.0', environment: 'staging copy' })
    expect(row?.customer_id).not.toBeNull()
    expect(row?.product_id).not.toBeNull()
  })

  it('refuse a cursor that is not one of ours', async () => {
    for (const after of ['x', Buffer.from('["soon","no id"]').toString('base64url')]) {
      expect(await listTickets(world.database.db, {}, { ...FIRST, after })).toMatchObject({
        ok: false,
        error: { code: 'invalid', field: '/after' },
      })
    }
  })

  it('count a ticket of an unknown customer apart, because none is not nobody', async () => {
    const { db } = world.database
    const made = await world.do(world.agent, createTicket, {
      title: 'From an address nobody knows',
      description: plainText(''),
      product: 'shop',
      component: 'cart',
    })
    const { workItem } = await world.do(world.agent, escalateTicket, { ticket: made.key })
    const [listed] = await allOf((page) => listWorkItems(db, { text: workItem.key }, page), 10)
    expect(listed).toMatchObject({ tickets: 1, customers: 0, withoutCustomer: 1 })
    expect(await workItemView(db, workItem.key, 'support')).toMatchObject({
      ticketCount: 1,
      customerCount: 0,
      withoutCustomer: 1,
    })
  })
})
